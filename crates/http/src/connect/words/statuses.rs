//! What each status means to an end user.

use riverbank_model::connection::ConnectionStatus;

use super::Told;
use crate::words::phrases;

phrases! {
    /// What a status means to an end user: what has happened, and what there is to do. `{}` is the institution.
    StatusWords {
        created: ["Signing in", "Iniciando sesión", "Ouverture de session"],
        created_text: [
            "We are signing in to {} for you.",
            "Estamos iniciando sesión en {} por usted.",
            "Nous ouvrons une session chez {} pour vous."
        ],
        prevented: [
            "Please enter your credentials again",
            "Introduzca de nuevo sus credenciales",
            "Entrez de nouveau vos identifiants"
        ],
        prevented_text: [
            "The last tries to sign in to {} failed. We stopped so that you are not locked out.",
            "Los últimos intentos de iniciar sesión en {} fallaron. Paramos para que no se bloquee su acceso.",
            "Les derniers essais d’ouverture de session chez {} ont échoué. Nous avons arrêté pour éviter un verrouillage."
        ],
        denied: ["That did not match", "No coincide", "Cela ne correspond pas"],
        denied_text: [
            "{} does not know this user name with this password. Please enter them again.",
            "{} no reconoce este nombre de usuario con esta contraseña. Introdúzcalos de nuevo.",
            "{} ne reconnaît pas ce nom d’utilisateur avec ce mot de passe. Entrez-les de nouveau."
        ],
        challenged: ["There is a question", "Hay una pregunta", "Il y a une question"],
        challenged_text: [
            "{} wants to be sure that it is you.",
            "{} quiere asegurarse de que es usted.",
            "{} veut s’assurer qu’il s’agit bien de vous."
        ],
        rejected: ["The answer was not right", "La respuesta no era correcta", "La réponse n’était pas bonne"],
        rejected_text: [
            "{} did not accept the answer. Please try again.",
            "{} no aceptó la respuesta. Inténtelo de nuevo.",
            "{} n’a pas accepté la réponse. Réessayez."
        ],
        locked: ["Your login is locked", "Su acceso está bloqueado", "Votre accès est verrouillé"],
        locked_text: [
            "{} has locked your login. Please sign in on their site, unlock it there, and try again.",
            "{} ha bloqueado su acceso. Inicie sesión en su sitio, desbloquéelo allí e inténtelo de nuevo.",
            "{} a verrouillé votre accès. Ouvrez une session sur leur site, déverrouillez-le et réessayez."
        ],
        connected: ["Connected", "Conectado", "Connecté"],
        connected_text: ["You are connected to {}.", "Está conectado a {}.", "Vous êtes connecté à {}."],
        impeded: ["{} needs your attention", "{} necesita su atención", "{} demande votre attention"],
        impeded_text: [
            "Please sign in on their site, follow what it says there, and try again.",
            "Inicie sesión en su sitio, siga lo que indica e inténtelo de nuevo.",
            "Ouvrez une session sur leur site, suivez ce qui y est indiqué et réessayez."
        ],
        reconnected: ["Please connect again", "Conéctese de nuevo", "Connectez-vous de nouveau"],
        reconnected_text: [
            "{} is reached in a new way. Please connect once more; you may be asked for a code.",
            "Se accede a {} de una manera nueva. Conéctese otra vez; puede que se le pida un código.",
            "{} est joint d’une nouvelle façon. Connectez-vous encore une fois; un code pourrait vous être demandé."
        ],
        degraded: ["{} does not answer well", "{} no responde bien", "{} répond mal"],
        degraded_text: [
            "The connection has trouble at present. We are on it; please try again later.",
            "La conexión tiene problemas. Estamos en ello; inténtelo de nuevo más tarde.",
            "La connexion éprouve des difficultés. Nous y travaillons; réessayez plus tard."
        ],
        disconnected: ["{} cannot be reached", "No se puede acceder a {}", "{} est inaccessible"],
        disconnected_text: [
            "Nothing could be collected from there for some time. Please try again later.",
            "Hace tiempo que no se pudo recopilar nada de allí. Inténtelo de nuevo más tarde.",
            "Rien n’a pu y être recueilli depuis un certain temps. Réessayez plus tard."
        ],
        discontinued: [
            "{} is not supported any more",
            "{} ya no es compatible",
            "{} n’est plus pris en charge"
        ],
        choose_another: [
            "Please choose another institution.",
            "Elija otra institución.",
            "Choisissez une autre institution."
        ],
        closed: ["This connection is closed", "Esta conexión está cerrada", "Cette connexion est fermée"],
        closed_text: [
            "The connection to {} was closed. You can make a new one.",
            "La conexión con {} se cerró. Puede crear una nueva.",
            "La connexion à {} a été fermée. Vous pouvez en créer une nouvelle."
        ],
        delayed: ["This takes longer", "Esto tarda más", "Cela prend plus de temps"],
        delayed_text: [
            "{} takes longer than usual. You can wait here, or come back later.",
            "{} tarda más de lo normal. Puede esperar aquí o volver más tarde.",
            "{} prend plus de temps que d’habitude. Vous pouvez attendre ici ou revenir plus tard."
        ],
        failed: ["We could not connect", "No pudimos conectar", "Nous n’avons pas pu nous connecter"],
        failed_text: [
            "There was a problem with {}. Please try again later.",
            "Hubo un problema con {}. Inténtelo de nuevo más tarde.",
            "Il y a eu un problème avec {}. Réessayez plus tard."
        ],
        updated: ["Signing in again", "Iniciando sesión de nuevo", "Nouvelle ouverture de session"],
        updated_text: [
            "We are trying your new credentials at {}.",
            "Estamos probando sus nuevas credenciales en {}.",
            "Nous essayons vos nouveaux identifiants chez {}."
        ],
        disabled: [
            "Collecting is switched off",
            "La recopilación está desactivada",
            "La collecte est désactivée"
        ],
        disabled_text: [
            "Nothing is collected from {} at present. Please ask for help in the app that sent you here.",
            "Ahora no se recopila nada de {}. Pida ayuda en la aplicación que lo envió aquí.",
            "Rien n’est recueilli chez {} en ce moment. Demandez de l’aide dans l’application qui vous a envoyé ici."
        ],
        imported: ["Please confirm this connection", "Confirme esta conexión", "Confirmez cette connexion"],
        imported_text: [
            "It was carried over. Please enter your credentials for {} once more.",
            "Viene de otro lugar. Introduzca una vez más sus credenciales de {}.",
            "Elle vient d’ailleurs. Entrez encore une fois vos identifiants pour {}."
        ],
        resumed: ["Checking your answer", "Comprobando su respuesta", "Vérification de votre réponse"],
        resumed_text: [
            "We have handed your answer to {}.",
            "Hemos entregado su respuesta a {}.",
            "Nous avons remis votre réponse à {}."
        ],
        expired: ["The question has expired", "La pregunta ha caducado", "La question a expiré"],
        expired_text: [
            "The answer for {} did not come in time. Please try again.",
            "La respuesta para {} no llegó a tiempo. Inténtelo de nuevo.",
            "La réponse pour {} n’est pas arrivée à temps. Réessayez."
        ],
        impaired: ["Some credentials are missing", "Faltan credenciales", "Des identifiants manquent"],
        impaired_text: [
            "{} asks for more than it did before. Please enter your credentials again.",
            "{} pide más que antes. Introduzca de nuevo sus credenciales.",
            "{} demande plus qu’avant. Entrez de nouveau vos identifiants."
        ],
        pending: ["Waiting for you", "Esperándolo", "En attente de vous"],
        pending_text: [
            "Please sign in at {} to go on.",
            "Inicie sesión en {} para continuar.",
            "Ouvrez une session chez {} pour continuer."
        ],
    }
}

impl StatusWords {
    /// What a status means.
    pub(in crate::connect) fn told(&self, status: ConnectionStatus) -> Told {
        let (title, text) = match status {
            ConnectionStatus::Created => (self.created, self.created_text),
            ConnectionStatus::Prevented => (self.prevented, self.prevented_text),
            ConnectionStatus::Denied => (self.denied, self.denied_text),
            ConnectionStatus::Challenged => (self.challenged, self.challenged_text),
            ConnectionStatus::Rejected => (self.rejected, self.rejected_text),
            ConnectionStatus::Locked => (self.locked, self.locked_text),
            ConnectionStatus::Connected => (self.connected, self.connected_text),
            ConnectionStatus::Impeded => (self.impeded, self.impeded_text),
            ConnectionStatus::Reconnected => (self.reconnected, self.reconnected_text),
            ConnectionStatus::Degraded => (self.degraded, self.degraded_text),
            ConnectionStatus::Disconnected => (self.disconnected, self.disconnected_text),
            ConnectionStatus::Discontinued => (self.discontinued, self.choose_another),
            ConnectionStatus::Closed => (self.closed, self.closed_text),
            ConnectionStatus::Delayed => (self.delayed, self.delayed_text),
            ConnectionStatus::Failed => (self.failed, self.failed_text),
            ConnectionStatus::Updated => (self.updated, self.updated_text),
            ConnectionStatus::Disabled => (self.disabled, self.disabled_text),
            ConnectionStatus::Imported => (self.imported, self.imported_text),
            ConnectionStatus::Resumed => (self.resumed, self.resumed_text),
            ConnectionStatus::Expired => (self.expired, self.expired_text),
            ConnectionStatus::Impaired => (self.impaired, self.impaired_text),
            ConnectionStatus::Pending => (self.pending, self.pending_text),
        };
        Told { title, text }
    }
}
