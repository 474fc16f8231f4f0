//! What the steps to a connection say, and the list of connections.

use riverbank_model::oauth::OauthErrorReason;

use super::Told;
use crate::words::{Phrase, phrases};

phrases! {
    /// The search for an institution.
    SearchWords {
        title: ["Choose your institution", "Elija su institución", "Choisissez votre institution"],
        label: [
            "Name of your bank or institution",
            "Nombre de su banco o institución",
            "Nom de votre banque ou institution"
        ],
        button: ["Search", "Buscar", "Rechercher"],
        popular: ["Popular institutions", "Instituciones populares", "Institutions populaires"],
        found: ["Institutions found", "Instituciones encontradas", "Institutions trouvées"],
        nothing_found: [
            "No institution matches. Please check the spelling, or try a shorter name.",
            "Ninguna institución coincide. Revise la ortografía o pruebe con un nombre más corto.",
            "Aucune institution ne correspond. Vérifiez l’orthographe ou essayez un nom plus court."
        ],
        more: ["Show more", "Mostrar más", "Afficher plus"],
    }
}

phrases! {
    /// What an institution asks for.
    SignInWords {
        title: ["Sign in to {}", "Inicie sesión en {}", "Ouvrez une session chez {}"],
        update_title: [
            "Enter your credentials for {}",
            "Introduzca sus credenciales de {}",
            "Entrez vos identifiants pour {}"
        ],
        private: [
            "What you enter is sealed, and used only to collect your accounts.",
            "Lo que introduce se guarda cifrado y solo se usa para recopilar sus cuentas.",
            "Ce que vous entrez est chiffré et ne sert qu’à recueillir vos comptes."
        ],
        connect: ["Connect", "Conectar", "Connecter"],
        save: ["Save and connect", "Guardar y conectar", "Enregistrer et connecter"],
        enter_again: ["Enter credentials", "Introducir credenciales", "Entrer les identifiants"],
        forgot_password: ["Forgot your password?", "¿Olvidó su contraseña?", "Mot de passe oublié?"],
        forgot_username: [
            "Forgot your user name?",
            "¿Olvidó su nombre de usuario?",
            "Nom d’utilisateur oublié?"
        ],
        trouble: [
            "Trouble signing in?",
            "¿Problemas para iniciar sesión?",
            "Problème pour ouvrir une session?"
        ],
    }
}

phrases! {
    /// A question of an institution.
    QuestionWords {
        title: ["{} has a question for you", "{} tiene una pregunta para usted", "{} a une question pour vous"],
        text: ["Please answer to go on.", "Responda para continuar.", "Répondez pour continuer."],
        picture: ["Picture to the question", "Imagen de la pregunta", "Image de la question"],
    }
}

phrases! {
    /// The way to an institution's own page and back.
    OauthWords {
        title: ["Sign in at {}", "Inicie sesión en {}", "Ouvrez une session chez {}"],
        text: [
            "You sign in on a page of {} and choose there what to share. Your password stays with them.",
            "Inicie sesión en una página de {} y elija allí qué compartir. Su contraseña se queda con ellos.",
            "Vous ouvrez une session sur une page de {} et y choisissez quoi partager. Votre mot de passe reste chez eux."
        ],
        waiting: [
            "When you are done there, come back here. This page goes on by itself.",
            "Cuando termine allí, vuelva aquí. Esta página continúa sola.",
            "Une fois terminé, revenez ici. Cette page continue d’elle-même."
        ],
        continue_to: ["Continue to {}", "Continuar a {}", "Continuer vers {}"],
        cancelled: [
            "You went back before the connection was made.",
            "Volvió antes de que se hiciera la conexión.",
            "Vous êtes revenu avant que la connexion soit faite."
        ],
        denied: [
            "The institution could not tell who you are. Please try again.",
            "La institución no pudo reconocerlo. Inténtelo de nuevo.",
            "L’institution n’a pas pu vous reconnaître. Réessayez."
        ],
        impeded: [
            "The institution needs your attention. Please sign in there, follow its messages and try again.",
            "La institución necesita su atención. Inicie sesión allí, siga sus mensajes e inténtelo de nuevo.",
            "L’institution demande votre attention. Ouvrez une session chez elle, suivez ses messages et réessayez."
        ],
        provider_error: [
            "The institution could not answer. Please try again later.",
            "La institución no pudo responder. Inténtelo de nuevo más tarde.",
            "L’institution n’a pas pu répondre. Réessayez plus tard."
        ],
        server_error: [
            "Something went wrong here. Please try again later.",
            "Algo salió mal aquí. Inténtelo de nuevo más tarde.",
            "Un problème est survenu ici. Réessayez plus tard."
        ],
        session_error: [
            "That took too long, or was started elsewhere. Please start again.",
            "Tardó demasiado o se empezó en otro lugar. Empiece de nuevo.",
            "Cela a pris trop de temps ou a été commencé ailleurs. Recommencez."
        ],
    }
}

phrases! {
    /// How a connection comes about.
    ProgressWords {
        checked_by_itself: [
            "This page goes on by itself. It may take a minute.",
            "Esta página continúa sola. Puede tardar un minuto.",
            "Cette page continue d’elle-même. Cela peut prendre une minute."
        ],
        collecting: ["Collecting your accounts", "Recopilando sus cuentas", "Collecte de vos comptes"],
        collecting_text: [
            "You are signed in to {}. Your accounts are on their way.",
            "Ha iniciado sesión en {}. Sus cuentas están en camino.",
            "Votre session chez {} est ouverte. Vos comptes sont en route."
        ],
        still_collecting: [
            "Your accounts are still being collected; you need not wait.",
            "Sus cuentas todavía se están recopilando; no hace falta que espere.",
            "Vos comptes sont encore en cours de collecte; vous n’avez pas à attendre."
        ],
        connected: ["{} is connected", "{} está conectado", "{} est connecté"],
        connected_text: ["Your accounts are here.", "Sus cuentas están aquí.", "Vos comptes sont ici."],
        verified_text: [
            "Your account numbers have been verified.",
            "Los números de sus cuentas se han verificado.",
            "Vos numéros de compte ont été vérifiés."
        ],
        identified_text: [
            "It has been confirmed who owns your accounts.",
            "Se ha confirmado de quién son sus cuentas.",
            "Il a été confirmé à qui appartiennent vos comptes."
        ],
        /// The institution does not tell account numbers.
        not_verifiable: [
            "{} cannot verify accounts",
            "{} no puede verificar cuentas",
            "{} ne peut pas vérifier les comptes"
        ],
        /// The institution does not tell owners.
        not_identifiable: [
            "{} does not tell who owns accounts",
            "{} no informa de quién son las cuentas",
            "{} n’indique pas à qui appartiennent les comptes"
        ],
        /// There is neither a checking nor a savings account.
        no_eligible: [
            "There is no account to verify",
            "No hay ninguna cuenta que verificar",
            "Il n’y a aucun compte à vérifier"
        ],
        no_eligible_text: [
            "You have neither a checking nor a savings account at {}. Please choose another institution.",
            "No tiene cuenta corriente ni de ahorro en {}. Elija otra institución.",
            "Vous n’avez ni compte chèques ni compte d’épargne chez {}. Choisissez une autre institution."
        ],
    }
}

phrases! {
    /// The list of connections.
    ConnectionWords {
        title: ["Your connections", "Sus conexiones", "Vos connexions"],
        none: [
            "You have no connections yet.",
            "Todavía no tiene conexiones.",
            "Vous n’avez pas encore de connexion."
        ],
        add: ["Connect an institution", "Conectar una institución", "Connecter une institution"],
        by_hand: ["Kept by hand", "Llevada a mano", "Tenu à la main"],
        repair: ["Repair", "Reparar", "Réparer"],
        remove: ["Remove", "Eliminar", "Supprimer"],
        remove_title: ["Remove {}?", "¿Eliminar {}?", "Supprimer {}?"],
        remove_text: [
            "The accounts and transactions of {} go with it. This cannot be undone here.",
            "Las cuentas y transacciones de {} se eliminan también. Aquí no se puede deshacer.",
            "Les comptes et les opérations de {} sont supprimés aussi. Cela ne peut pas être annulé ici."
        ],
        keep: ["Keep it", "Conservar", "Conserver"],
        removed: ["{} was removed.", "Se eliminó {}.", "{} a été supprimé."],
    }
}

impl ProgressWords {
    /// The institution has let its end user in, and tells what it has.
    pub(in crate::connect) fn collecting(&self) -> Told {
        Told { title: self.collecting, text: self.collecting_text }
    }
}

impl OauthWords {
    /// Why an end user did not come back from an institution with a consent.
    pub(in crate::connect) fn failure(&self, reason: OauthErrorReason) -> Phrase {
        match reason {
            OauthErrorReason::Cancelled => self.cancelled,
            OauthErrorReason::Denied => self.denied,
            OauthErrorReason::Impeded => self.impeded,
            OauthErrorReason::ProviderError => self.provider_error,
            OauthErrorReason::ServerError => self.server_error,
            OauthErrorReason::SessionError => self.session_error,
        }
    }
}
