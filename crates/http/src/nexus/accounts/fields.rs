//! What a client writes of an account.

/// Declares the body of a call that writes an account: its name and kind, which are required or not, and what is never
/// required.
macro_rules! account_request {
    (
        $(#[$doc:meta])*
        $name:ident { name: $text:ty as $shown:ty, account_type: $kind:ty }
    ) => {
        $(#[$doc])*
        #[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
        pub(super) struct $name {
            #[schema(schema_with = account_subtypes)]
            account_subtype: Option<Number<AccountSubtype>>,
            #[schema(schema_with = account_types)]
            account_type: $kind,
            #[schema(inline)]
            apr: Option<Percentage>,
            #[schema(inline)]
            apy: Option<Percentage>,
            #[schema(inline)]
            available_balance: Option<Amount>,
            #[schema(inline)]
            balance: Option<Amount>,
            #[schema(inline)]
            cash_surrender_value: Option<Amount>,
            #[schema(inline)]
            credit_limit: Option<Amount>,
            /// ISO 4217.
            #[schema(value_type = Option<String>, pattern = "^[A-Z]{3}$")]
            currency_code: Option<Text>,
            #[schema(inline)]
            death_benefit: Option<Amount>,
            #[schema(inline)]
            interest_rate: Option<Percentage>,
            is_business: Option<bool>,
            is_closed: Option<bool>,
            is_hidden: Option<bool>,
            #[schema(inline)]
            loan_amount: Option<Amount>,
            /// Free text of the partner.
            metadata: Option<Text<{ limits::METADATA }>>,
            /// The name to show; not empty.
            #[schema(value_type = $shown)]
            name: $text,
            nickname: Option<Text>,
            #[schema(inline)]
            original_balance: Option<Amount>,
            #[schema(schema_with = property_types)]
            property_type: Option<Number<PropertyType>>,
            /// True keeps the webhook from being sent.
            skip_webhook: Option<bool>,
        }

        impl $name {
            /// What is written.
            fn changes(self) -> AccountChanges {
                let amount = |amount: Option<Amount>| amount.map(|amount| amount.0);
                let rate = |rate: Option<Percentage>| rate.map(|rate| rate.0);
                AccountChanges {
                    given: GivenFacts {
                        account_type: Option::<Number<AccountType>>::from(self.account_type)
                            .map(|kind| kind.0),
                        name: Option::<Text>::from(self.name).map(Text::into_string),
                        account_subtype: self.account_subtype.map(|kind| kind.0),
                        apr: rate(self.apr),
                        apy: rate(self.apy),
                        available_balance: amount(self.available_balance),
                        balance: amount(self.balance),
                        cash_surrender_value: amount(self.cash_surrender_value),
                        credit_limit: amount(self.credit_limit),
                        currency_code: self.currency_code.map(Text::into_string),
                        death_benefit: amount(self.death_benefit),
                        interest_rate: rate(self.interest_rate),
                        is_closed: self.is_closed,
                        loan_amount: amount(self.loan_amount),
                        nickname: self.nickname.map(Text::into_string),
                        original_balance: amount(self.original_balance),
                        is_business: self.is_business,
                        property_type: self.property_type.map(|kind| kind.0),
                    },
                    is_hidden: self.is_hidden,
                    metadata: self.metadata.map(Text::into_string),
                }
            }
        }

        impl RequestBody for $name {
            const ROOT: Option<&'static str> = Some("account");
        }
    };
}
pub(super) use account_request;
