//! Clients, their webhooks, institutions, and the audit.

use crate::words::phrases;

phrases! {
    /// The clients, and one of them.
    ClientWords {
        none: [
            "There are none. This makes one:",
            "No hay ninguno. Así se crea uno:",
            "Il n'y en a pas. Ceci en crée un\u{a0}:"
        ],
        is_disabled: [
            "disabled: its key and its users' sessions are refused",
            "desactivado: se rechazan su clave y las sesiones de sus usuarios",
            "désactivé\u{a0}: sa clé et les sessions de ses utilisateurs sont refusées"
        ],
        last_changed: ["Last changed", "Último cambio", "Dernière modification"],
        background: ["Refreshes in the background", "Actualizaciones en segundo plano", "Actualisations en arrière-plan"],
        key: ["Key", "Clave", "Clé"],
        key_made: ["made {}", "creada {}", "créée {}"],
        key_is_hashed: [
            "kept as a hash; this makes another:",
            "se guarda como hash; así se crea otra:",
            "conservée en haché; ceci en crée une autre\u{a0}:"
        ],
        features: ["Features", "Funciones", "Fonctions"],
        feature: ["Feature", "Función", "Fonction"],
        switch_on: ["Switch {} on", "Activar {}", "Activer {}"],
        switch_off: ["Switch {} off", "Desactivar {}", "Désactiver {}"],
        redirect_urls: ["Redirect addresses", "Direcciones de retorno", "Adresses de retour"],
        remove: ["Remove", "Quitar", "Retirer"],
        allow_address: ["Allow an address", "Permitir una dirección", "Permettre une adresse"],
        allow: ["Allow", "Permitir", "Permettre"],
        endpoints: ["Webhook endpoints", "Puntos de conexión de webhooks", "Points de terminaison de webhooks"],
        address: ["Address", "Dirección", "Adresse"],
        told_of: ["Told of", "Se le avisa de", "Informé de"],
        failures: ["Failures in a row", "Fallos seguidos", "Échecs de suite"],
        disable_one: ["Disable {}", "Desactivar {}", "Désactiver {}"],
        disable_text: [
            "Its key and its users' sessions are refused from now on; its data stays. Nothing enables it again.",
            "A partir de ahora se rechazan su clave y las sesiones de sus usuarios; sus datos permanecen. Nada vuelve a activarlo.",
            "Dès maintenant, sa clé et les sessions de ses utilisateurs sont refusées; ses données restent. Rien ne le réactive."
        ],
        disable_for_good: ["Disable {} for good", "Desactivar {} para siempre", "Désactiver {} pour de bon"],
        no_such_feature: ["There is no such feature.", "No existe esa función.", "Cette fonction n'existe pas."],
        not_absolute: [
            "A redirect address is a whole one, such as https://example.com/back or app://back.",
            "Una dirección de retorno es completa, como https://example.com/back o app://back.",
            "Une adresse de retour est complète, comme https://example.com/back ou app://back."
        ],
        fragment: [
            "A redirect address has no part after a #.",
            "Una dirección de retorno no tiene nada después de un #.",
            "Une adresse de retour n'a rien après un #."
        ],
        user_info: [
            "A redirect address has no user and no password.",
            "Una dirección de retorno no tiene usuario ni contraseña.",
            "Une adresse de retour n'a ni utilisateur ni mot de passe."
        ],
        unsafe_scheme: [
            "A redirect address of this scheme is not safe.",
            "Una dirección de retorno con este esquema no es segura.",
            "Une adresse de retour de ce schéma n'est pas sûre."
        ],
        too_long: [
            "A redirect address has at most {} characters.",
            "Una dirección de retorno tiene como máximo {} caracteres.",
            "Une adresse de retour compte au plus {} caractères."
        ],
    }
}

phrases! {
    /// The webhooks of an endpoint.
    WebhookWords {
        title: ["Webhooks", "Webhooks", "Webhooks"],
        of_endpoint: ["Webhooks of {}", "Webhooks de {}", "Webhooks de {}"],
        tries: ["Tries", "Intentos", "Essais"],
        once_more: ["Once more", "Otra vez", "Encore une fois"],
        replay: ["Replay", "Reenviar", "Renvoyer"],
        not_ended: ["It is still to be sent.", "Todavía está por enviarse.", "Il reste encore à envoyer."],
    }
}

phrases! {
    /// Institutions, and one of them.
    InstitutionWords {
        with_trouble: [
            "Those with jobs that ended in the last 24 hours, the ones with most trouble first.",
            "Las que tienen tareas terminadas en las últimas 24 horas, primero las que tienen más problemas.",
            "Celles dont des tâches se sont terminées dans les 24 dernières heures, d'abord celles qui ont le plus d'ennuis."
        ],
        anything_else: ["Anything else", "Cualquier otra cosa", "Tout autre résultat"],
        all: ["All institutions", "Todas las instituciones", "Toutes les institutions"],
        to_trouble: ["Those with trouble", "Las que tienen problemas", "Celles qui ont des ennuis"],
        name_or_keyword: ["Name or keyword", "Nombre o palabra clave", "Nom ou mot-clé"],
        look_for: ["Look for it", "Buscarla", "La chercher"],
        counted: ["{} of them.", "Hay {}.", "Il y en a {}."],
        open: ["open", "abierta", "ouverte"],
        stopped: ["stopped", "detenida", "arrêtée"],
        hidden: ["hidden", "oculta", "masquée"],
        test: ["a test institution", "una institución de prueba", "une institution d'essai"],
        connections: ["Connections", "Conexiones", "Connexions"],
        connections_go_on: ["on", "activas", "actives"],
        connections_stopped: [
            "stopped by an operator: no new members, no jobs",
            "detenidas por un operador: sin miembros nuevos, sin tareas",
            "arrêtées par un opérateur\u{a0}: aucun nouveau membre, aucune tâche"
        ],
        offered: ["Offered for new members", "Se ofrece para miembros nuevos", "Offerte aux nouveaux membres"],
        jobs_ended: ["{} jobs ended.", "Tareas terminadas: {}.", "Tâches terminées\u{a0}: {}."],
        jobs_took: [
            "They took {} in the mean and {} at most.",
            "Tardaron {} de media y {} como máximo.",
            "Elles ont duré {} en moyenne et {} au plus."
        ],
        its_jobs: ["Its jobs", "Sus tareas", "Ses tâches"],
        left_members: ["Left their members", "Dejaron a sus miembros", "Ont laissé leurs membres"],
        let_go_on: ["Let connections go on", "Dejar que sigan las conexiones", "Laisser reprendre les connexions"],
        stop_at: ["Stop connections to {}", "Detener las conexiones con {}", "Arrêter les connexions à {}"],
        stop_text: [
            "New members are refused, no job of its members starts, and those that have not ended end as DEGRADED before they ask it anything more.",
            "Se rechazan miembros nuevos, no se inicia ninguna tarea de sus miembros, y las que no han terminado terminan como DEGRADED antes de preguntarle nada más.",
            "Les nouveaux membres sont refusés, aucune tâche de ses membres ne commence, et celles qui ne sont pas terminées finissent en DEGRADED avant de lui demander quoi que ce soit d'autre."
        ],
        stop: ["Stop connections", "Detener las conexiones", "Arrêter les connexions"],
        by_hand: [
            "This is the institution of what users make by hand: nobody connects to it.",
            "Esta es la institución de lo que los usuarios crean a mano: nadie se conecta a ella.",
            "C'est l'institution de ce que les utilisateurs créent à la main\u{a0}: personne ne s'y connecte."
        ],
    }
}

phrases! {
    /// The audit.
    AuditWords {
        of_clients: [
            "What clients did, and what was done to them.",
            "Lo que hicieron los clientes, y lo que se les hizo.",
            "Ce que les clients ont fait, et ce qui leur a été fait."
        ],
        to_operators: ["What operators did", "Lo que hicieron los operadores", "Ce que les opérateurs ont fait"],
        to_clients: ["What clients did", "Lo que hicieron los clientes", "Ce que les clients ont fait"],
        of_operators: [
            "In this console and by commands, refused logins too.",
            "En esta consola y por comandos, también los inicios de sesión rechazados.",
            "Dans cette console et par des commandes, les connexions refusées aussi."
        ],
        changes: ["Changes", "Cambios", "Modifications"],
        operator: ["Operator", "Operador", "Opérateur"],
        from: ["From", "Desde", "Depuis"],
        nobody: ["nobody that is known", "nadie conocido", "personne de connu"],
        by_command: ["a command", "un comando", "une commande"],
    }
}
