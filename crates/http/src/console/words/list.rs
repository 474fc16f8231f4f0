//! What several lists and pages say.

use crate::words::phrases;

phrases! {
    /// Heads of columns, names of facts, and words that stand in for what is not there.
    ListWords {
        guid: ["Guid", "Guid", "Guid"],
        id: ["Id", "Id.", "Id."],
        client: ["Client", "Cliente", "Client"],
        user: ["User", "Usuario", "Utilisateur"],
        member: ["Member", "Miembro", "Membre"],
        members: ["Members", "Miembros", "Membres"],
        institution: ["Institution", "Institución", "Institution"],
        name: ["Name", "Nombre", "Nom"],
        code: ["Code", "Código", "Code"],
        kind: ["Kind", "Clase", "Genre"],
        state: ["State", "Estado", "État"],
        status: ["Status", "Estado", "Statut"],
        connector: ["Connector", "Conector", "Connecteur"],
        when: ["When (UTC)", "Cuándo (UTC)", "Quand (UTC)"],
        made: ["Made", "Creación", "Création"],
        made_utc: ["Made (UTC)", "Creación (UTC)", "Création (UTC)"],
        ended_utc: ["Ended (UTC)", "Fin (UTC)", "Fin (UTC)"],
        changed_utc: ["Changed (UTC)", "Cambio (UTC)", "Modification (UTC)"],
        what: ["What", "Qué", "Quoi"],
        to: ["To", "A quién", "À quoi"],
        particulars: ["Particulars", "Detalles", "Détails"],
        hidden: ["hidden", "oculto", "masqué"],
        yes: ["yes", "sí", "oui"],
        no: ["no", "no", "non"],
        on: ["on", "activado", "activé"],
        off: ["off", "desactivado", "désactivé"],
        never: ["never", "nunca", "jamais"],
        any: ["any", "cualquiera", "n'importe lequel"],
        /// In the place of a text or an id.
        not_given: ["none", "no consta", "aucun"],
        no_status: ["none", "sin estado", "sans statut"],
        number: ["Number", "Número", "Numéro"],
        switch: ["Switch", "Interruptor", "Interrupteur"],
        disable: ["Disable", "Desactivar", "Désactiver"],
        enabled: ["enabled", "activo", "actif"],
        disabled: ["disabled", "desactivado", "désactivé"],
        paused: ["paused", "en pausa", "en pause"],
        /// An institution.
        gone: ["no longer there", "ya no existe", "n'existe plus"],
        /// In the place of a list.
        empty: ["There are none.", "No hay nada.", "Il n'y a rien."],
        more: ["More", "Más", "Suite"],
        before: ["Before", "Anteriores", "Précédents"],
        older: ["Older", "Más antiguos", "Plus anciens"],
    }
}
