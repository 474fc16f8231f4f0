//! The tools of a sandbox.

use crate::words::phrases;

phrases! {
    /// The clock, the faults and the banks.
    SandboxWords {
        clock: ["Clock", "Reloj", "Horloge"],
        standing: ["{}, standing still.", "{}, parado.", "{}, arrêtée."],
        running: [
            "{}, running at {} seconds a second.",
            "{}, en marcha a {} segundos por segundo.",
            "{}, en marche à {} secondes par seconde."
        ],
        hours: ["Move on by hours", "Adelantar (en horas)", "Avancer (en heures)"],
        move_on: ["Move on", "Adelantar", "Avancer"],
        set_to: ["Set to", "Poner en", "Régler à"],
        set: ["Set", "Poner", "Régler"],
        let_run: ["Let it run", "Ponerlo en marcha", "La remettre en marche"],
        stop: ["Stop it", "Pararlo", "L'arrêter"],
        whole_hours: [
            "The hours must be a whole number.",
            "Las horas deben ser un número entero.",
            "Les heures doivent être un nombre entier."
        ],
        time_form: [
            "The time must be as 2026-01-31T09:00:00Z is written.",
            "La hora debe escribirse como 2026-01-31T09:00:00Z.",
            "L'heure doit s'écrire comme 2026-01-31T09:00:00Z."
        ],
        clock_deeds: [
            "The clock is advanced, set, frozen or resumed.",
            "El reloj se adelanta, se pone en hora, se para o se pone en marcha.",
            "L'horloge s'avance, se règle, s'arrête ou repart."
        ],
        faults: ["Faults", "Fallos", "Pannes"],
        none_planned: ["None are planned.", "No hay ninguno previsto.", "Aucune n'est prévue."],
        bank: ["Bank", "Banco", "Banque"],
        call: ["Call", "Llamada", "Appel"],
        effect: ["A call", "Una llamada", "Un appel"],
        left: ["Left", "Quedan", "Restants"],
        struck: ["Struck", "Golpes", "Frappés"],
        no_end: ["no end", "sin fin", "sans fin"],
        take_away: ["Take away", "Quitar", "Retirer"],
        take_all_away: ["Take all away", "Quitar todos", "Les retirer toutes"],
        later: ["takes {} ms longer", "tarda {} ms más", "dure {} ms de plus"],
        too_long: ["takes too long", "tarda demasiado", "dure trop longtemps"],
        answered_with: ["is answered with {}", "recibe la respuesta {}", "reçoit la réponse {}"],
        breaks_off: ["breaks off", "se corta", "s'interrompt"],
        refused: ["is refused: {}", "se rechaza: {}", "est refusé\u{a0}: {}"],
        plan_fault: ["Plan a fault", "Prever un fallo", "Prévoir une panne"],
        bank_code: ["Code of the bank", "Código del banco", "Code de la banque"],
        or_member: ["or one member", "o un miembro", "ou un membre"],
        status_of_refusal: ["Status of a refusal", "Estado de un rechazo", "Statut d'un refus"],
        not_a_refusal: ["not a refusal", "no es un rechazo", "pas un refus"],
        http_status: ["HTTP status of a STATUS", "Estado HTTP de un STATUS", "Statut HTTP d'un STATUS"],
        milliseconds: ["Milliseconds of a LATENCY", "Milisegundos de una LATENCY", "Millisecondes d'une LATENCY"],
        attempts: ["Attempts at most", "Intentos como máximo", "Essais au plus"],
        plan: ["Plan it", "Preverlo", "La prévoir"],
        whole_number: [
            "{}: must be a whole number.",
            "{}: debe ser un número entero.",
            "{}\u{a0}: doit être un nombre entier."
        ],
        banks: ["Banks", "Bancos", "Banques"],
        health: ["Health", "Salud", "Santé"],
        how_it_fares: ["How {} fares", "Cómo le va a {}", "Comment va {}"],
        members: ["{} members.", "Miembros: {}.", "Membres\u{a0}: {}."],
        built_in: ["It comes with the server.", "Viene con el servidor.", "Elle vient avec le serveur."],
        uploaded: ["It was uploaded.", "Fue subido.", "Elle a été téléversée."],
        script: ["Its script", "Su guion", "Son scénario"],
        script_text: [
            "Who may sign in to it, and what comes of it.",
            "Quién puede iniciar sesión en él, y qué resulta.",
            "Qui peut s'y connecter, et ce qui en résulte."
        ],
    }
}
