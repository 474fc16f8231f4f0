//! Jobs.

use riverbank_model::job_step::{StepEnding, StepKind};

use crate::words::{Phrase, phrases};

phrases! {
    /// The lists of jobs, and one of them.
    JobWords {
        lists: ["Lists of jobs", "Listas de tareas", "Listes de tâches"],
        ended: ["Ended", "Terminadas", "Terminées"],
        connected: ["Connected", "Conectadas", "Connectées"],
        ended_at: ["Ended at {}", "Terminadas en {}", "Terminées chez {}"],
        ended_of: ["Ended, of {}", "Terminadas de {}", "Terminées de {}"],
        came_to_nothing: ["Came to nothing", "Sin resultado", "Sans résultat"],
        not_ended: ["Not ended", "Sin terminar", "Non terminées"],
        running: ["Running", "En curso", "En cours"],
        parked: [
            "Waiting for answers of end users",
            "A la espera de respuestas de usuarios finales",
            "En attente de réponses d'utilisateurs finaux"
        ],
        waiting: [
            "Waiting for a worker or their time: {} in all",
            "A la espera de un proceso o de su hora: {} en total",
            "En attente d'un processus ou de leur heure\u{a0}: {} en tout"
        ],
        due_later: ["Due later", "Previstas para más tarde", "Prévues plus tard"],
        left_member: ["Left its member", "Dejó a su miembro", "A laissé son membre"],
        left_as_it_was: ["left as it was", "sin cambios", "sans changement"],
        took: ["Took", "Duración", "Durée"],
        title: ["Job {}", "Tarea {}", "Tâche {}"],
        scheduled: ["{}, begun by the schedule", "{}, iniciada por el calendario", "{}, lancée par le calendrier"],
        attempt: ["Attempt", "Intento", "Essai"],
        attempt_of_member: ["{} of its member", "{} de su miembro", "{} de son membre"],
        interrupted: [
            "{} of its member, interrupted by us {} times",
            "{} de su miembro; veces que la interrumpimos: {}",
            "{} de son membre; interruptions de notre part\u{a0}: {}"
        ],
        signed_in: ["Signed in", "Inició sesión", "S'est connectée"],
        why: ["Why it came to nothing", "Por qué no tuvo resultado", "Pourquoi elle est sans résultat"],
        transactions: ["Transactions", "Transacciones", "Opérations"],
        counted: ["{} new, {} changed", "{} nuevas, {} cambiadas", "{} nouvelles, {} modifiées"],
        steps: ["Steps", "Pasos", "Étapes"],
        step: ["Step", "Paso", "Étape"],
        step_made: ["made", "creada", "créée"],
        step_taken_up: ["first taken up", "tomada por primera vez", "prise en charge la première fois"],
        step_ended: ["ended", "terminada", "terminée"],
        step_due: ["due", "prevista", "prévue"],
        came_of_it: ["What came of it", "Resultado", "Résultat"],
        step_open: ["logging in", "inicio de sesión", "connexion"],
        step_resume: ["going on", "continuación", "reprise"],
        step_fetch: ["fetching", "obtención", "récupération"],
        step_read: ["reading what was fetched", "lectura de lo obtenido", "lecture de ce qui a été récupéré"],
        step_import: ["bringing it in", "incorporación", "importation"],
        step_refresh: ["renewing the consent", "renovación del consentimiento", "renouvellement du consentement"],
        went_well: ["went well", "salió bien", "s'est bien passé"],
        asked: ["asked the end user", "preguntó al usuario final", "question à l'utilisateur final"],
        put_off: ["put off by the institution", "aplazado por la institución", "reporté par l'institution"],
        refused: ["refused", "rechazado", "refusé"],
        our_fault: ["failed for a reason of ours", "falló por causa nuestra", "a échoué de notre fait"],
        cut_short: ["cut short", "interrumpido", "interrompu"],
        do_over: ["Do it over", "Hacerla de nuevo", "La refaire"],
        start_another: [
            "Start another job of this kind",
            "Iniciar otra tarea de esta clase",
            "Lancer une autre tâche de ce genre"
        ],
        followed: [
            "A newer job of this member has followed: look there.",
            "Le siguió una tarea más reciente de este miembro: mírela.",
            "Une tâche plus récente de ce membre a suivi\u{a0}: voyez celle-là."
        ],
        has_not_ended: ["This job has not ended.", "Esta tarea no ha terminado.", "Cette tâche n'est pas terminée."],
        ended_well: ["This job ended well.", "Esta tarea terminó bien.", "Cette tâche s'est bien terminée."],
        not_now: [
            "Nothing was started: the member's status, its institution's switch or the time since the last job forbids it.",
            "No se inició nada: lo impide el estado del miembro, el interruptor de su institución o el tiempo desde la última tarea.",
            "Rien n'a été lancé\u{a0}: le statut du membre, l'interrupteur de son institution ou le temps écoulé depuis la dernière tâche l'interdit."
        ],
    }
}

impl JobWords {
    /// What a step is called.
    pub(crate) fn kind(&self, kind: StepKind) -> Phrase {
        match kind {
            StepKind::Open => self.step_open,
            StepKind::Resume => self.step_resume,
            StepKind::Fetch => self.step_fetch,
            StepKind::Read => self.step_read,
            StepKind::Import => self.step_import,
            StepKind::Refresh => self.step_refresh,
        }
    }

    /// What came of a step.
    pub(crate) fn ending(&self, ending: StepEnding) -> Phrase {
        match ending {
            StepEnding::Well => self.went_well,
            StepEnding::Asked => self.asked,
            StepEnding::PutOff => self.put_off,
            StepEnding::Refused => self.refused,
            StepEnding::Fault => self.our_fault,
            StepEnding::CutShort => self.cut_short,
        }
    }
}
