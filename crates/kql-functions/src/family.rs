//! The macro that lists the functions of a family.

/// Makes a family's list. A function left out of it is an unused static, which the compiler reports.
macro_rules! family {
    ($($module:ident),* $(,)?) => {
        /// The functions of this family.
        pub(crate) static FUNCTIONS: &[&crate::Function] = &[$(&$module::FUNCTION),*];
    };
}
