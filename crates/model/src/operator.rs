//! Operators: the people who look after a server.

/// What an operator may do in the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Sees everything that the console shows, and changes nothing.
    Reader,
    /// Sees and acts.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 2] = [Self::Reader, Self::Operator];

    /// Its number in the database.
    pub fn id(self) -> i64 {
        match self {
            Self::Reader => 1,
            Self::Operator => 2,
        }
    }

    /// The role with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }

    /// Its name in commands and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Operator => "operator",
        }
    }

    /// The role with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_lead_back_to_their_role() {
        for role in Role::ALL {
            assert_eq!(Role::from_id(role.id()), Some(role));
            assert_eq!(Role::from_name(role.name()), Some(role));
        }
        assert_eq!((Role::from_id(0), Role::from_name("admin")), (None, None));
    }
}
