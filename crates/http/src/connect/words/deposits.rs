//! What is said of small deposits that verify an account.

use crate::words::phrases;

phrases! {
    /// Small deposits that verify an account.
    DepositWords {
        /// The way there from the search.
        way: [
            "Verify an account by two small deposits",
            "Verificar una cuenta con dos pequeños depósitos",
            "Vérifier un compte par deux petits dépôts"
        ],
        routing_title: ["Where is your account?", "¿Dónde está su cuenta?", "Où est votre compte?"],
        routing_text: [
            "Two deposits of less than a dollar are sent to it. You tell us later what they were.",
            "Se envían dos depósitos de menos de un dólar. Más tarde nos dice cuánto fue.",
            "Deux dépôts de moins d’un dollar y sont envoyés. Vous nous direz plus tard leurs montants."
        ],
        routing_label: [
            "Routing number of your bank, nine digits",
            "Número de ruta de su banco, nueve dígitos",
            "Numéro d’acheminement de votre banque, neuf chiffres"
        ],
        routing_invalid: [
            "This is no routing number. Please check its nine digits.",
            "Este no es un número de ruta. Revise sus nueve dígitos.",
            "Ce n’est pas un numéro d’acheminement. Vérifiez ses neuf chiffres."
        ],
        routing_blocked: [
            "No deposits can be sent to the bank with this routing number. Please choose another account.",
            "No se pueden enviar depósitos al banco con este número de ruta. Elija otra cuenta.",
            "Aucun dépôt ne peut être envoyé à la banque qui a ce numéro d’acheminement. Choisissez un autre compte."
        ],
        /// To a verification that is under way; `{}` is its account.
        go_on: [
            "Go on with the deposits to {}",
            "Continuar con los depósitos a {}",
            "Continuer avec les dépôts à {}"
        ],
        other_routing_number: [
            "Enter another routing number",
            "Introducir otro número de ruta",
            "Entrer un autre numéro d’acheminement"
        ],
        account_title: ["Which account is it?", "¿Qué cuenta es?", "De quel compte s’agit-il?"],
        account_text: [
            "The account must be yours.",
            "La cuenta debe ser suya.",
            "Le compte doit être le vôtre."
        ],
        account_type: ["Kind of account", "Tipo de cuenta", "Type de compte"],
        account_number: ["Account number", "Número de cuenta", "Numéro de compte"],
        account_number_again: [
            "Account number once more",
            "Número de cuenta otra vez",
            "Numéro de compte encore une fois"
        ],
        first_name: ["Your first name", "Su nombre", "Votre prénom"],
        last_name: ["Your last name", "Su apellido", "Votre nom"],
        email: ["Your e-mail address", "Su correo electrónico", "Votre adresse de courriel"],
        send: ["Send deposits", "Enviar depósitos", "Envoyer les dépôts"],
        numbers_differ: [
            "The two account numbers differ. Please enter both again.",
            "Los dos números de cuenta no coinciden. Introduzca ambos de nuevo.",
            "Les deux numéros de compte diffèrent. Entrez-les de nouveau."
        ],
        wrong_number: [
            "An account number has at most 17 letters, digits and dashes.",
            "Un número de cuenta tiene como máximo 17 letras, dígitos y guiones.",
            "Un numéro de compte a au plus 17 lettres, chiffres et tirets."
        ],
        wrong_name: [
            "A name has 1 to 50 characters, and no signs other than dashes, dots and apostrophes.",
            "Un nombre tiene de 1 a 50 caracteres y solo guiones, puntos y apóstrofos como signos.",
            "Un nom a de 1 à 50 caractères, sans autres signes que tirets, points et apostrophes."
        ],
        wrong_email: [
            "This is no e-mail address. Please check it.",
            "Esta no es una dirección de correo. Revísela.",
            "Ce n’est pas une adresse de courriel. Vérifiez-la."
        ],
        too_many: [
            "Three accounts have been verified with this e-mail address already, or are being verified.",
            "Ya se han verificado, o se están verificando, tres cuentas con esta dirección de correo.",
            "Trois comptes ont déjà été vérifiés avec cette adresse de courriel, ou sont en voie de l’être."
        ],
        /// They have just been ordered.
        sent: ["Two deposits are on their way", "Dos depósitos están en camino", "Deux dépôts sont en route"],
        sent_text: [
            "It takes one to three working days until they are in your account. Come back then and tell us their amounts.",
            "Tardan de uno a tres días hábiles en llegar a su cuenta. Vuelva entonces y díganos sus importes.",
            "Il faut d’un à trois jours ouvrables avant qu’ils soient dans votre compte. Revenez alors nous dire leurs montants."
        ],
        /// They are not there yet.
        not_yet: [
            "The deposits are not there yet",
            "Los depósitos todavía no han llegado",
            "Les dépôts ne sont pas encore là"
        ],
        not_yet_text: [
            "It takes one to three working days until they are in your account. Please come back later.",
            "Tardan de uno a tres días hábiles en llegar a su cuenta. Vuelva más tarde.",
            "Il faut d’un à trois jours ouvrables avant qu’ils soient dans votre compte. Revenez plus tard."
        ],
        look_again: ["Look again", "Mirar de nuevo", "Regarder de nouveau"],
        /// They are there: what they were is asked.
        arrived: [
            "What are the two amounts?",
            "¿Cuáles son los dos importes?",
            "Quels sont les deux montants?"
        ],
        arrived_text: [
            "The deposits are in your account. You find their amounts in your account’s list of transactions.",
            "Los depósitos están en su cuenta. Encontrará sus importes en la lista de movimientos.",
            "Les dépôts sont dans votre compte. Vous trouverez leurs montants dans la liste des opérations."
        ],
        first_amount: ["One amount, in cents", "Un importe, en centavos", "Un montant, en cents"],
        second_amount: [
            "The other amount, in cents",
            "El otro importe, en centavos",
            "L’autre montant, en cents"
        ],
        verify: ["Verify", "Verificar", "Vérifier"],
        not_cents: [
            "An amount is from 1 to 99 cents. Please enter both.",
            "Un importe va de 1 a 99 centavos. Introduzca ambos.",
            "Un montant va de 1 à 99 cents. Entrez les deux."
        ],
        /// `{}` is the number of tries.
        wrong_amounts: [
            "These are not the amounts. Tries that are left: {}.",
            "Estos no son los importes. Intentos que quedan: {}.",
            "Ce ne sont pas les montants. Essais restants : {}."
        ],
        verified: ["Your account is verified", "Su cuenta está verificada", "Votre compte est vérifié"],
        verified_text: [
            "Money can be moved to and from it now.",
            "Ahora se puede mover dinero desde ella y hacia ella.",
            "De l’argent peut maintenant y entrer et en sortir."
        ],
        /// They came back.
        errored: ["The deposits came back", "Los depósitos fueron devueltos", "Les dépôts sont revenus"],
        errored_text: [
            "Your bank sent them back to us. Please check the numbers of your account and start again.",
            "Su banco nos los devolvió. Revise los números de su cuenta y empiece de nuevo.",
            "Votre banque nous les a renvoyés. Vérifiez les numéros de votre compte et recommencez."
        ],
        /// The order was refused.
        rejected: [
            "The deposits could not be sent",
            "No se pudieron enviar los depósitos",
            "Les dépôts n’ont pas pu être envoyés"
        ],
        rejected_text: [
            "They were refused. Please check the numbers of your account and start again.",
            "Fueron rechazados. Revise los números de su cuenta y empiece de nuevo.",
            "Ils ont été refusés. Vérifiez les numéros de votre compte et recommencez."
        ],
        /// The account is being verified, or is.
        conflicted: ["This account is known already", "Esta cuenta ya se conoce", "Ce compte est déjà connu"],
        conflicted_text: [
            "It has been verified, or deposits are on their way to it. Nothing was sent.",
            "Se ha verificado, o hay depósitos en camino hacia ella. No se envió nada.",
            "Il a été vérifié, ou des dépôts y sont en route. Rien n’a été envoyé."
        ],
        /// The last try was wrong.
        prevented: [
            "The account could not be verified",
            "No se pudo verificar la cuenta",
            "Le compte n’a pas pu être vérifié"
        ],
        prevented_text: [
            "The amounts were wrong too often. Please start again: new deposits will be sent.",
            "Los importes fueron incorrectos demasiadas veces. Empiece de nuevo: se enviarán otros depósitos.",
            "Les montants ont été faux trop souvent. Recommencez : de nouveaux dépôts seront envoyés."
        ],
    }
}
