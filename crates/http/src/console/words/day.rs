//! How the last day went.

use crate::words::phrases;

phrases! {
    /// The overview.
    DayWords {
        title: ["The last 24 hours", "Las últimas 24 horas", "Les 24 dernières heures"],
        until: [
            "Until {}, by the time of this server.",
            "Hasta {}, según la hora de este servidor.",
            "Jusqu'à {}, à l'heure de ce serveur."
        ],
        jobs: ["Jobs that ended, by hour", "Tareas terminadas, por hora", "Tâches terminées, par heure"],
        connected: ["connected", "conectadas", "connectées"],
        anything_else: ["anything else", "cualquier otra cosa", "tout autre résultat"],
        at_most: ["{} at most", "{} como máximo", "{} au maximum"],
        jobs_table: [
            "Table of jobs and how long they took",
            "Tabla de tareas y cuánto tardaron",
            "Tableau des tâches et de leur durée"
        ],
        jobs_by_hour: ["Jobs by hour", "Tareas por hora", "Tâches par heure"],
        hour: ["Hour from (UTC)", "Hora desde (UTC)", "Heure dès (UTC)"],
        mean: ["Mean time", "Tiempo medio", "Durée moyenne"],
        longest: ["Longest", "Máximo", "Maximum"],
        latency: ["Mean time of a job, by hour", "Tiempo medio de una tarea, por hora", "Durée moyenne d'une tâche, par heure"],
        outcomes: [
            "What jobs left their members in",
            "Cómo dejaron las tareas a sus miembros",
            "Ce que les tâches ont fait de leurs membres"
        ],
        members: ["Members now", "Miembros ahora", "Membres en ce moment"],
        waiting: ["Webhooks that wait", "Webhooks en espera", "Webhooks en attente"],
        waiting_text: [
            "{}, the oldest for {}.",
            "{}; el más antiguo espera desde hace {}.",
            "{}; le plus ancien attend depuis {}."
        ],
        webhooks: ["Webhooks that ended", "Webhooks terminados", "Webhooks terminés"],
        messages: ["Messages", "Mensajes", "Messages"],
        lag: ["Mean lag", "Demora media", "Délai moyen"],
    }
}
