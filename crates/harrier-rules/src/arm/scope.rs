//! What the expressions of a template may name: its parameters and variables, and those of the templates around it.

use crate::document::entries;
use crate::yaml::Node;

/// A template's names.
pub(super) struct Scope<'t> {
    parameters: Option<&'t Node>,
    variables: Option<&'t Node>,
    /// The values that a deployment gives to its template's parameters.
    given: Option<&'t Node>,
    /// The template around it.
    around: Option<&'t Scope<'t>>,
}

impl<'t> Scope<'t> {
    /// The names of a template, with the parameters that it is given.
    pub(super) fn of_template(
        template: &'t Node,
        given: Option<&'t Node>,
        around: Option<&'t Scope<'t>>,
    ) -> Self {
        let (parameters, variables) = (template.get("parameters"), template.get("variables"));
        Self { parameters, variables, given, around }
    }

    /// The value of a parameter: the given one, else its default; and the scope that its expressions are read in.
    pub(super) fn parameter(&self, name: &str) -> Option<(&'t Node, &Scope<'t>)> {
        let given = self.given.and_then(|given| find(given, name)).and_then(|one| one.get("value"));
        if let (Some(given), Some(around)) = (given, self.around) {
            return Some((given, around));
        }
        let own = self.parameters.and_then(|own| find(own, name));
        if let Some(default) = own.and_then(|own| own.get("defaultValue")) {
            return Some((default, self));
        }
        // Templates inside content packages name what the package declares.
        self.around.and_then(|around| around.parameter(name))
    }

    /// The value of a variable.
    pub(super) fn variable(&self, name: &str) -> Option<(&'t Node, &Scope<'t>)> {
        if let Some(own) = self.variables.and_then(|own| find(own, name)) {
            return Some((own, self));
        }
        self.around.and_then(|around| around.variable(name))
    }
}

/// What stands under a key, whatever the case of its letters.
fn find<'t>(node: &'t Node, name: &str) -> Option<&'t Node> {
    let is_it = |(key, _): &&(Node, Node)| key.text().is_some_and(|k| k.eq_ignore_ascii_case(name));
    entries(node).iter().find(is_it).map(|(_, value)| value)
}
