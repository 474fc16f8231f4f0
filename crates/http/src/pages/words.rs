//! What the pages on the way to a bank and back say.

use riverbank_engine::pages::Language;
use riverbank_model::oauth::OauthErrorReason;

use crate::words::{Phrase, phrases};

phrases! {
    /// What an end user is told on the way to an institution and back.
    WayWords {
        away: ["This does not work right now", "Esto no funciona en este momento", "Cela ne fonctionne pas en ce moment"],
        away_text: [
            "Please wait a minute and load this page again.",
            "Espere un minuto y vuelva a cargar esta página.",
            "Veuillez attendre une minute et recharger cette page."
        ],
        broken: ["Something went wrong here", "Algo salió mal aquí", "Quelque chose s'est mal passé ici"],
        broken_text: [
            "Please go back to the app that sent you here and start again later.",
            "Vuelva a la aplicación que le envió aquí y empiece de nuevo más tarde.",
            "Veuillez retourner à l'application qui vous a envoyé ici et recommencer plus tard."
        ],
        spent: [
            "This address no longer works",
            "Esta dirección ya no funciona",
            "Cette adresse ne fonctionne plus"
        ],
        spent_text: [
            "It was used before, or it has expired. Go back to the app that sent you here and start again.",
            "Ya se usó, o ha caducado. Vuelva a la aplicación que le envió aquí y empiece de nuevo.",
            "Elle a déjà servi, ou elle a expiré. Retournez à l'application qui vous a envoyé ici et recommencez."
        ],
        lost: ["This way has ended", "Este camino ha terminado", "Ce parcours est terminé"],
        lost_text: [
            "It was ended before, or it took too long. Go back to the app that sent you here and start again.",
            "Ya había terminado, o duró demasiado. Vuelva a la aplicación que le envió aquí y empiece de nuevo.",
            "Il était déjà terminé, ou il a duré trop longtemps. Retournez à l'application qui vous a envoyé ici et recommencez."
        ],
        other_browser: [
            "This was started in another browser",
            "Esto se empezó en otro navegador",
            "Cela a été commencé dans un autre navigateur"
        ],
        other_browser_text: [
            "Please finish it where you started it, or go back to the app that sent you here and start again.",
            "Termínelo donde lo empezó, o vuelva a la aplicación que le envió aquí y empiece de nuevo.",
            "Veuillez terminer là où vous avez commencé, ou retourner à l'application qui vous a envoyé ici et recommencer."
        ],
        connected: ["You are connected", "Está conectado", "Vous êtes connecté"],
        connected_text: [
            "Thank you. You can close this window and go back to where you came from.",
            "Gracias. Puede cerrar esta ventana y volver a donde estaba.",
            "Merci. Vous pouvez fermer cette fenêtre et retourner d'où vous venez."
        ],
        not_connected: ["You are not connected", "No está conectado", "Vous n'êtes pas connecté"],
        close: ["Close this window", "Cerrar esta ventana", "Fermer cette fenêtre"],
        cancelled: [
            "You went back before the connection was made. You can close this window.",
            "Volvió atrás antes de que se hiciera la conexión. Puede cerrar esta ventana.",
            "Vous êtes revenu en arrière avant que la connexion soit faite. Vous pouvez fermer cette fenêtre."
        ],
        denied: [
            "The institution could not tell who you are. Please close this window and try again.",
            "La institución no pudo reconocerle. Cierre esta ventana e inténtelo de nuevo.",
            "L'institution n'a pas pu vous reconnaître. Veuillez fermer cette fenêtre et réessayer."
        ],
        impeded: [
            "The institution needs your attention. Please sign in there, follow its messages and try again.",
            "La institución necesita su atención. Inicie sesión allí, siga sus mensajes e inténtelo de nuevo.",
            "L'institution demande votre attention. Veuillez vous y connecter, suivre ses messages et réessayer."
        ],
        provider_error: [
            "The institution could not answer. Please close this window and try again later.",
            "La institución no pudo responder. Cierre esta ventana e inténtelo más tarde.",
            "L'institution n'a pas pu répondre. Veuillez fermer cette fenêtre et réessayer plus tard."
        ],
        server_error: [
            "Something went wrong here. Please close this window and try again later.",
            "Algo salió mal aquí. Cierre esta ventana e inténtelo más tarde.",
            "Quelque chose s'est mal passé ici. Veuillez fermer cette fenêtre et réessayer plus tard."
        ],
        session_error: [
            "This took too long, or was started elsewhere. Please close this window and start again.",
            "Esto duró demasiado, o se empezó en otro lugar. Cierre esta ventana y empiece de nuevo.",
            "Cela a duré trop longtemps, ou a été commencé ailleurs. Veuillez fermer cette fenêtre et recommencer."
        ],
    }
}

impl WayWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &Self::ENGLISH,
            Language::Spanish => &Self::SPANISH,
            Language::CanadianFrench => &Self::FRENCH,
        }
    }

    /// What an end user is told of a failure.
    pub(crate) fn failure(&self, reason: OauthErrorReason) -> Phrase {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_all_in_its_own_words() {
        for phrases in WayWords::all() {
            assert!(phrases.iter().all(|phrase| !phrase.is_empty() && !phrase.contains("{}")), "{phrases:?}");
            assert!(phrases[0] != phrases[1] && phrases[0] != phrases[2], "{phrases:?}");
        }
    }
}
