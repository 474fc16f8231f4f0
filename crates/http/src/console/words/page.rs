//! Around every page: its head, and what is said in the place of one.

use crate::words::phrases;

phrases! {
    /// What stands around pages, and in the place of one.
    PageWords {
        console: ["Riverbank console", "Consola de Riverbank", "Console Riverbank"],
        skip: ["Skip to the content", "Saltar al contenido", "Passer au contenu"],
        parts: ["Parts of the console", "Partes de la consola", "Parties de la console"],
        overview: ["Overview", "Resumen", "Aperçu"],
        clients: ["Clients", "Clientes", "Clients"],
        institutions: ["Institutions", "Instituciones", "Institutions"],
        jobs: ["Jobs", "Tareas", "Tâches"],
        audit: ["Audit", "Auditoría", "Audit"],
        sandbox: ["Sandbox", "Entorno de pruebas", "Bac à sable"],
        search_label: [
            "Id, or what a partner calls it",
            "Identificador, o cómo lo llama un socio",
            "Identifiant, ou le nom que lui donne un partenaire"
        ],
        search_hint: ["Id or partner's id", "Id. o id. del socio", "Id. ou id. du partenaire"],
        find: ["Find", "Buscar", "Chercher"],
        log_out: ["Log out", "Cerrar sesión", "Se déconnecter"],
        reader: ["reader", "lectura", "lecture"],
        operator: ["operator", "operación", "exploitation"],
        not_found: ["Not found", "No encontrado", "Introuvable"],
        not_found_text: [
            "There is nothing here, or there is no longer.",
            "Aquí no hay nada, o ya no lo hay.",
            "Il n'y a rien ici, ou il n'y a plus rien."
        ],
        away: [
            "The database does not answer",
            "La base de datos no responde",
            "La base de données ne répond pas"
        ],
        away_text: [
            "Load this page again in a minute.",
            "Vuelva a cargar esta página dentro de un minuto.",
            "Rechargez cette page dans une minute."
        ],
        not_done: ["This was not done", "Esto no se hizo", "Cela n'a pas été fait"],
        foreign_form: [
            "The form is not of your session. Go back, load the page again, and send it once more.",
            "El formulario no es de su sesión. Vuelva atrás, cargue la página de nuevo y envíelo otra vez.",
            "Le formulaire n'est pas de votre session. Revenez en arrière, rechargez la page et renvoyez-le."
        ],
        readers_see: [
            "Readers see, and do not act.",
            "Su función es de lectura: puede ver, pero no actuar.",
            "Votre rôle est la lecture\u{a0}: vous pouvez voir, mais non agir."
        ],
        show_hidden: ["Show what is hidden, once", "Mostrar lo oculto, una vez", "Montrer ce qui est masqué, une fois"],
        show_hidden_text: [
            "The audit will say that you asked.",
            "La auditoría dirá que usted lo pidió.",
            "L'audit dira que vous l'avez demandé."
        ],
        is_shown: [
            "What was hidden is shown this once, and the audit of operators says that you asked for it.",
            "Lo oculto se muestra esta única vez, y la auditoría de operadores dice que usted lo pidió.",
            "Ce qui était masqué est montré cette seule fois, et l'audit des opérateurs dit que vous l'avez demandé."
        ],
    }
}

phrases! {
    /// The login.
    LogInWords {
        title: ["Log in", "Iniciar sesión", "Se connecter"],
        password: ["Password", "Contraseña", "Mot de passe"],
        code: [
            "Code of your authenticator app",
            "Código de su aplicación de autenticación",
            "Code de votre application d'authentification"
        ],
        /// One answer for whatever is wrong.
        refused: [
            "Name, password or code are wrong, or there were too many tries. A code works once; after five wrong tries, wait a minute.",
            "El nombre, la contraseña o el código no son correctos, o hubo demasiados intentos. Un código sirve una sola vez; tras cinco intentos fallidos, espere un minuto.",
            "Le nom, le mot de passe ou le code est erroné, ou il y a eu trop d'essais. Un code ne sert qu'une fois; après cinq essais erronés, attendez une minute."
        ],
        too_often: [
            "There were too many tries from your address. Wait a minute.",
            "Hubo demasiados intentos desde su dirección. Espere un minuto.",
            "Il y a eu trop d'essais depuis votre adresse. Attendez une minute."
        ],
        foreign: [
            "Another site sent you here. Log in on this page.",
            "Otro sitio le envió aquí. Inicie sesión en esta página.",
            "Un autre site vous a envoyé ici. Connectez-vous sur cette page."
        ],
    }
}
