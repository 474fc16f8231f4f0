//! What several pages say, and what those say that tell of a failure.

use crate::words::phrases;

phrases! {
    /// What several pages say.
    PageWords {
        /// The title of every page in the browser.
        product: ["Connect your accounts", "Conecte sus cuentas", "Connectez vos comptes"],
        other_institution: [
            "Choose another institution",
            "Elegir otra institución",
            "Choisir une autre institution"
        ],
        new_window: ["opens a new window", "abre una ventana nueva", "ouvre une nouvelle fenêtre"],
        please_wait: ["Please wait", "Espere, por favor", "Veuillez patienter"],
        required: [
            "Everything is required unless it says optional.",
            "Todo es obligatorio salvo que se indique que es opcional.",
            "Tout est requis sauf si c’est indiqué comme facultatif."
        ],
        optional: ["optional", "opcional", "facultatif"],
        go_on: ["Continue", "Continuar", "Continuer"],
        done: ["Done", "Listo", "Terminé"],
        try_again: ["Try again", "Intentar de nuevo", "Réessayer"],
        start_again: ["Start again", "Empezar de nuevo", "Recommencer"],
        /// `{}` is the institution, wherever nothing else is said.
        visit: ["Go to {}", "Ir a {}", "Aller chez {}"],
        /// The server does not answer a page that waits.
        lost: [
            "The connection is lost. This page goes on by itself when it is back.",
            "Se perdió la conexión. Esta página continúa sola cuando vuelva.",
            "La connexion est perdue. Cette page continue d’elle-même à son retour."
        ],
    }
}

phrases! {
    /// What could not be done.
    FailureWords {
        incomplete: [
            "Please fill in everything that is asked for.",
            "Rellene todo lo que se pide.",
            "Remplissez tout ce qui est demandé."
        ],
        same_login: [
            "You are connected with this user name already.",
            "Ya está conectado con este nombre de usuario.",
            "Vous êtes déjà connecté avec ce nom d’utilisateur."
        ],
        not_offered: [
            "This institution cannot be connected right now. Please choose another one.",
            "Esta institución no se puede conectar ahora. Elija otra.",
            "Cette institution ne peut pas être connectée en ce moment. Choisissez-en une autre."
        ],
        too_late: [
            "That came too late. Please start again.",
            "Llegó demasiado tarde. Empiece de nuevo.",
            "C’est arrivé trop tard. Recommencez."
        ],
        busy: [
            "Something else is being done for this connection. Please wait a moment.",
            "Se está haciendo otra cosa con esta conexión. Espere un momento.",
            "Autre chose est en cours pour cette connexion. Patientez un instant."
        ],
        ended: ["This page is no longer valid", "Esta página ya no es válida", "Cette page n’est plus valide"],
        ended_text: [
            "It was used before, or it was left alone for too long. Nothing that you have connected is lost. Please go back to the app that sent you here and start again.",
            "Ya se usó o estuvo demasiado tiempo sin uso. Nada de lo que ha conectado se pierde. Vuelva a la aplicación que lo envió aquí y empiece de nuevo.",
            "Elle a déjà servi ou est restée trop longtemps sans activité. Rien de ce que vous avez connecté n’est perdu. Retournez à l’application qui vous a envoyé ici et recommencez."
        ],
        missing: ["There is nothing here", "Aquí no hay nada", "Il n’y a rien ici"],
        missing_text: [
            "This connection or institution does not exist any more.",
            "Esta conexión o institución ya no existe.",
            "Cette connexion ou institution n’existe plus."
        ],
        away: [
            "This does not work right now",
            "Esto no funciona en este momento",
            "Cela ne fonctionne pas en ce moment"
        ],
        away_text: [
            "Please wait a minute and load this page again. Nothing is lost.",
            "Espere un minuto y cargue de nuevo esta página. Nada se pierde.",
            "Attendez une minute et rechargez cette page. Rien n’est perdu."
        ],
        broken: ["Something went wrong here", "Algo salió mal", "Un problème est survenu"],
        broken_text: [
            "Please go back to the app that sent you here and start again later.",
            "Vuelva a la aplicación que lo envió aquí y empiece de nuevo más tarde.",
            "Retournez à l’application qui vous a envoyé ici et recommencez plus tard."
        ],
    }
}
