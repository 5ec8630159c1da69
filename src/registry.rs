//! The macros behind every list of built-in things, so that each is said once.

/// Declares a module per name, and the slice of what each module exports, in the order given.
macro_rules! registry {
    ($(#[$doc:meta])* $vis:vis static $list:ident: [$ty:ty] = $item:ident in {
        $($module:ident),* $(,)?
    }) => {
        $(mod $module;)*
        $(#[$doc])*
        $vis static $list: &[&$ty] = &[$(&$module::$item),*];
    };
}
pub(crate) use registry;

/// Declares an enum whose values have the names by which JSON and models know them.
macro_rules! names {
    ($($(#[$doc:meta])* pub enum $name:ident {
        $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)?
    })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The value's name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }
    )+};
}
pub(crate) use names;
