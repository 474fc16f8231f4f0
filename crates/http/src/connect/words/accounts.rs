//! What is said of accounts that are kept by hand.

use riverbank_model::account::{AccountType, PropertyType};

use crate::words::{Phrase, phrases};

phrases! {
    /// Accounts that are kept by hand.
    AccountWords {
        /// The way there from the search.
        way: ["Add an account by hand", "Añadir una cuenta a mano", "Ajouter un compte à la main"],
        kinds_title: [
            "What kind of account is it?",
            "¿Qué tipo de cuenta es?",
            "De quel type de compte s’agit-il?"
        ],
        kinds_text: [
            "An account that you add by hand is kept by you: nothing is collected for it.",
            "Una cuenta que añade a mano la lleva usted: no se recopila nada para ella.",
            "Un compte ajouté à la main est tenu par vous : rien n’est recueilli pour lui."
        ],
        other_kind: ["Choose another kind", "Elegir otro tipo", "Choisir un autre type"],
        form_text: [
            "You can change this later in the app that sent you here.",
            "Puede cambiarlo más tarde en la aplicación que lo envió aquí.",
            "Vous pourrez changer cela plus tard dans l’application qui vous a envoyé ici."
        ],
        name: ["Name of the account", "Nombre de la cuenta", "Nom du compte"],
        balance: ["Balance", "Saldo", "Solde"],
        owed: ["What is owed", "Lo que se debe", "Ce qui est dû"],
        worth: ["What it is worth", "Lo que vale", "Ce que cela vaut"],
        credit_limit: ["Credit limit", "Límite de crédito", "Limite de crédit"],
        original_balance: [
            "What was borrowed at first",
            "Lo que se prestó al principio",
            "Ce qui a été emprunté au début"
        ],
        interest_rate: [
            "Interest rate in percent",
            "Tasa de interés en porcentaje",
            "Taux d’intérêt en pourcentage"
        ],
        cash_surrender_value: ["Cash surrender value", "Valor de rescate", "Valeur de rachat"],
        death_benefit: ["Death benefit", "Beneficio por fallecimiento", "Prestation de décès"],
        property_type: ["Kind of property", "Tipo de bien", "Type de bien"],
        is_business: ["It belongs to a business", "Pertenece a una empresa", "Il appartient à une entreprise"],
        add: ["Add account", "Añadir cuenta", "Ajouter le compte"],
        no_name: ["Please enter a name.", "Introduzca un nombre.", "Entrez un nom."],
        no_number: [
            "Please enter numbers such as 1234.56 where an amount or a rate is asked for.",
            "Introduzca números como 1234,56 donde se pide un importe o una tasa.",
            "Entrez des nombres comme 1234,56 là où un montant ou un taux est demandé."
        ],
        /// `{}` is the name of the account.
        added_title: ["{} was added", "Se añadió {}", "{} a été ajouté"],
        added_text: [
            "You keep this account by hand.",
            "Usted lleva esta cuenta a mano.",
            "Vous tenez ce compte à la main."
        ],
        add_another: ["Add another account", "Añadir otra cuenta", "Ajouter un autre compte"],
    }
}

phrases! {
    /// What the kinds of accounts are called.
    KindWords {
        other: ["Other", "Otra", "Autre"],
        checking: ["Checking", "Corriente", "Chèques"],
        savings: ["Savings", "Ahorro", "Épargne"],
        loan: ["Loan", "Préstamo", "Prêt"],
        credit_card: ["Credit card", "Tarjeta de crédito", "Carte de crédit"],
        investment: ["Investment", "Inversión", "Placement"],
        line_of_credit: ["Line of credit", "Línea de crédito", "Marge de crédit"],
        mortgage: ["Mortgage", "Hipoteca", "Hypothèque"],
        property: ["Property", "Bienes", "Biens"],
        cash: ["Cash", "Efectivo", "Argent comptant"],
        insurance: ["Insurance", "Seguro", "Assurance"],
        prepaid: ["Prepaid card", "Tarjeta de prepago", "Carte prépayée"],
        checking_line_of_credit: [
            "Checking with a line of credit",
            "Corriente con línea de crédito",
            "Chèques avec marge de crédit"
        ],
    }
}

phrases! {
    /// What the kinds of property are called.
    PropertyWords {
        real_estate: ["Real estate", "Inmueble", "Immeuble"],
        vehicle: ["Vehicle", "Vehículo", "Véhicule"],
        art: ["Art", "Arte", "Œuvre d’art"],
        jewelry: ["Jewelry", "Joyas", "Bijoux"],
        furniture: ["Furniture", "Muebles", "Meubles"],
        appliances: ["Appliances", "Electrodomésticos", "Électroménagers"],
        computer: ["Computer", "Computadora", "Ordinateur"],
        electronics: ["Electronics", "Electrónica", "Électronique"],
        sports_equipment: ["Sports equipment", "Equipo deportivo", "Équipement de sport"],
        other: ["Something else", "Otra cosa", "Autre chose"],
    }
}

impl KindWords {
    /// What a kind of account is called.
    pub(in crate::connect) fn of(&self, kind: AccountType) -> Phrase {
        match kind {
            AccountType::Any => self.other,
            AccountType::Checking => self.checking,
            AccountType::Savings => self.savings,
            AccountType::Loan => self.loan,
            AccountType::CreditCard => self.credit_card,
            AccountType::Investment => self.investment,
            AccountType::LineOfCredit => self.line_of_credit,
            AccountType::Mortgage => self.mortgage,
            AccountType::Property => self.property,
            AccountType::Cash => self.cash,
            AccountType::Insurance => self.insurance,
            AccountType::Prepaid => self.prepaid,
            AccountType::CheckingLineOfCredit => self.checking_line_of_credit,
        }
    }
}

impl PropertyWords {
    /// What a kind of property is called.
    pub(in crate::connect) fn of(&self, kind: PropertyType) -> Phrase {
        match kind {
            PropertyType::RealEstate => self.real_estate,
            PropertyType::Vehicle => self.vehicle,
            PropertyType::Art => self.art,
            PropertyType::Jewelry => self.jewelry,
            PropertyType::Furniture => self.furniture,
            PropertyType::Appliances => self.appliances,
            PropertyType::Computer => self.computer,
            PropertyType::Electronics => self.electronics,
            PropertyType::SportsEquipment => self.sports_equipment,
            PropertyType::Miscellaneous => self.other,
        }
    }
}
