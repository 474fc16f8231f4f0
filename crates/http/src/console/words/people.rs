//! Users, members, and finding things.

use crate::words::phrases;

phrases! {
    /// The search.
    SearchWords {
        title: ["Search", "Búsqueda", "Recherche"],
        what_to_ask: [
            "An id of this server (of a client, a user, a member, an account, a transaction, a job, an institution, a micro deposit, a webhook or its endpoint), the code of an institution, the id of a client, or what a partner calls a user or a member: the whole of it.",
            "Un identificador de este servidor (de un cliente, usuario, miembro, cuenta, transacción, tarea, institución, microdepósito, webhook o su punto de conexión), el código de una institución, el identificador de un cliente, o cómo llama un socio a un usuario o miembro: completo.",
            "Un identifiant de ce serveur (d'un client, d'un utilisateur, d'un membre, d'un compte, d'une opération, d'une tâche, d'une institution, d'un microdépôt, d'un webhook ou de son point de terminaison), le code d'une institution, l'identifiant d'un client, ou le nom qu'un partenaire donne à un utilisateur ou à un membre\u{a0}: en entier."
        ],
        nothing: [
            "Nothing is called exactly this, or it is no longer there:",
            "Nada se llama exactamente así, o ya no existe:",
            "Rien ne porte exactement ce nom, ou cela n'existe plus\u{a0}:"
        ],
        several: ["Several things are called this:", "Varias cosas se llaman así:", "Plusieurs choses portent ce nom\u{a0}:"],
        found: ["Found", "Encontrado", "Trouvé"],
        client: ["client", "cliente", "client"],
        user: ["user", "usuario", "utilisateur"],
        member: ["member", "miembro", "membre"],
        job: ["job", "tarea", "tâche"],
        institution: ["institution", "institución", "institution"],
        endpoint: ["webhook endpoint", "punto de conexión de webhooks", "point de terminaison de webhooks"],
    }
}

phrases! {
    /// A user.
    UserWords {
        title: ["User {}", "Usuario {}", "Utilisateur {}"],
        disabled: [
            "disabled: not refreshed in the background",
            "desactivado: no se actualiza en segundo plano",
            "désactivé\u{a0}: non actualisé en arrière-plan"
        ],
        opened: ["Session last opened", "Última sesión abierta", "Dernière session ouverte"],
        partner_id: ["Partner's id", "Identificador del socio", "Identifiant du partenaire"],
        mail: ["Mail", "Correo", "Courriel"],
        telephone: ["Telephone", "Teléfono", "Téléphone"],
        free_text: ["Free text of the partner", "Texto libre del socio", "Texte libre du partenaire"],
    }
}

phrases! {
    /// A member.
    MemberWords {
        title: ["Member {}", "Miembro {}", "Membre {}"],
        since: ["since {}", "desde {}", "depuis {}"],
        aggregated: ["Being aggregated", "En agregación", "En cours d'agrégation"],
        last_job: ["Last job began", "Inicio de la última tarea", "Début de la dernière tâche"],
        last_success: ["Last success", "Último éxito", "Dernière réussite"],
        refreshed: ["Refreshed in the background", "Actualización en segundo plano", "Actualisation en arrière-plan"],
        due: ["due {}", "prevista {}", "prévue {}"],
        not_as_it_stands: ["not as it stands", "no en su estado actual", "pas dans son état actuel"],
        partner_ids: ["Partner's ids", "Identificadores del socio", "Identifiants du partenaire"],
        actions: ["Actions", "Acciones", "Actions"],
        aggregate: ["Aggregate", "Agregar", "Agréger"],
        let_go_on: ["Let it go on", "Dejar que siga", "Le laisser reprendre"],
        put_in: ["Put it in a status", "Ponerlo en un estado", "Le mettre dans un statut"],
        put: ["Put", "Poner", "Mettre"],
        questions: [
            "Questions that wait for answers",
            "Preguntas a la espera de respuesta",
            "Questions en attente de réponse"
        ],
        asked_at: ["{}, asked {}:", "{}, preguntada {}:", "{}, posée {}\u{a0}:"],
        accounts: ["Accounts", "Cuentas", "Comptes"],
        account_type: ["Type", "Tipo", "Type"],
        balance: ["Balance", "Saldo", "Solde"],
        timeline: ["What it went through", "Por lo que ha pasado", "Ce qu'il a vécu"],
        asked: ["asked", "pregunta", "question"],
        status: ["status", "estado", "statut"],
        attempt: ["attempt {}", "intento {}", "essai {}"],
        told: ["webhook {}", "webhook {}", "webhook {}"],
        after_tries: ["{} after {} tries", "{}; intentos: {}", "{}; essais\u{a0}: {}"],
        requests: ["requests", "solicitudes", "requêtes"],
        answered: ["answered {}, longest {}", "respuesta {}, la más larga {}", "réponse {}, la plus longue {}"],
        no_such_status: ["There is no such status.", "No existe ese estado.", "Ce statut n'existe pas."],
        nothing_started: [
            "Nothing was started: a job runs, the last one was too short ago, or the member's status or its institution's switch forbids it.",
            "No se inició nada: hay una tarea en curso, la última es demasiado reciente, o lo impide el estado del miembro o el interruptor de su institución.",
            "Rien n'a été lancé\u{a0}: une tâche est en cours, la dernière est trop récente, ou le statut du membre ou l'interrupteur de son institution l'interdit."
        ],
        manual: [
            "This member never connects: there is nothing to pause.",
            "Este miembro nunca se conecta: no hay nada que pausar.",
            "Ce membre ne se connecte jamais\u{a0}: il n'y a rien à suspendre."
        ],
        pending: [
            "This member waits for its end user to sign in, for an hour at most.",
            "Este miembro espera a que su usuario final inicie sesión, una hora como máximo.",
            "Ce membre attend que son utilisateur final se connecte, une heure au plus."
        ],
        not_disabled: ["This member is not DISABLED.", "Este miembro no está en DISABLED.", "Ce membre n'est pas en DISABLED."],
    }
}
