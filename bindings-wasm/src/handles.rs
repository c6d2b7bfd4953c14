//! What lives between calls, by number.

use crate::arguments::{Arguments, invalid, wrong};
use crate::json;
use rolesanywhere_core::error::Result;
use rolesanywhere_core::provider::Machine;
use rolesanywhere_core::{CreateSession, Identity, PendingSignature, Refresh, SigningKey};

/// Numbers are never used again, so that a handle that was freed is told from another's.
#[derive(Debug, Default)]
pub(crate) struct Handles {
    last: u32,
    /// In the order of their numbers.
    objects: Vec<(u32, Object)>,
}

#[derive(Debug)]
pub(crate) enum Object {
    Identity(Identity),
    PrivateKey(Box<dyn SigningKey>),
    CreateSession(CreateSession),
    PendingSignature(PendingSignature),
    Refresh(Refresh),
    Machine(Box<Machine>),
}

impl Object {
    /// By which arguments and answers call its handle.
    const fn name(&self) -> &'static str {
        match self {
            Self::Identity(_) => "identity",
            Self::PrivateKey(_) => "private_key",
            Self::CreateSession(_) => "create_session",
            Self::PendingSignature(_) => "pending_signature",
            Self::Refresh(_) => "refresh",
            Self::Machine(_) => "machine",
        }
    }
}

impl Handles {
    /// Takes an object, unless one of the arguments was wrong, and answers with its handle.
    pub(crate) fn keep(
        &mut self,
        arguments: Arguments<'_>,
        answer: &mut json::Object,
        object: Object,
    ) -> Result<()> {
        arguments.checked()?;
        let next = self.last.checked_add(1);
        self.last = next.ok_or_else(|| invalid("there are no handles left"))?;
        answer.number(object.name(), self.last.into());
        self.objects.push((self.last, object));
        Ok(())
    }

    pub(crate) fn free(&mut self, handle: u32) {
        if let Some(at) = self.place(handle) {
            self.objects.remove(at);
        }
    }

    pub(crate) fn identity(&self, arguments: Arguments<'_>) -> Result<&Identity> {
        match self.get(arguments, "identity")? {
            Object::Identity(identity) => Ok(identity),
            _ => Err(other("identity")),
        }
    }

    pub(crate) fn private_key(&self, arguments: Arguments<'_>) -> Result<&dyn SigningKey> {
        match self.get(arguments, "private_key")? {
            Object::PrivateKey(key) => Ok(key.as_ref()),
            _ => Err(other("private_key")),
        }
    }

    pub(crate) fn optional_private_key(
        &self,
        arguments: Arguments<'_>,
    ) -> Result<Option<&dyn SigningKey>> {
        match arguments.get("private_key") {
            Some(_) => self.private_key(arguments).map(Some),
            None => Ok(None),
        }
    }

    pub(crate) fn create_session(&self, arguments: Arguments<'_>) -> Result<&CreateSession> {
        match self.get(arguments, "create_session")? {
            Object::CreateSession(session) => Ok(session),
            _ => Err(other("create_session")),
        }
    }

    pub(crate) fn pending_signature(&self, arguments: Arguments<'_>) -> Result<&PendingSignature> {
        match self.get(arguments, "pending_signature")? {
            Object::PendingSignature(pending) => Ok(pending),
            _ => Err(other("pending_signature")),
        }
    }

    pub(crate) fn refresh(&mut self, arguments: Arguments<'_>) -> Result<&mut Refresh> {
        match self.get_mut(arguments, "refresh")? {
            Object::Refresh(refresh) => Ok(refresh),
            _ => Err(other("refresh")),
        }
    }

    pub(crate) fn machine(&mut self, arguments: Arguments<'_>) -> Result<&mut Machine> {
        match self.get_mut(arguments, "machine")? {
            Object::Machine(machine) => Ok(machine),
            _ => Err(other("machine")),
        }
    }

    fn get(&self, arguments: Arguments<'_>, name: &str) -> Result<&Object> {
        let place = self.place(arguments.small(name));
        arguments.checked()?;
        let object = place.and_then(|at| self.objects.get(at));
        object.map_or_else(|| Err(other(name)), |(_, object)| Ok(object))
    }

    fn get_mut(&mut self, arguments: Arguments<'_>, name: &str) -> Result<&mut Object> {
        let place = self.place(arguments.small(name));
        arguments.checked()?;
        let object = place.and_then(|at| self.objects.get_mut(at));
        object.map_or_else(|| Err(other(name)), |(_, object)| Ok(object))
    }

    fn place(&self, handle: u32) -> Option<usize> {
        let of = |(number, _): &(u32, Object)| *number;
        self.objects.binary_search_by_key(&handle, of).ok()
    }
}

fn other(name: &str) -> rolesanywhere_core::Error {
    wrong(name, "a handle of its kind that is not freed")
}
