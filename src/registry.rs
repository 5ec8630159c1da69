//! The one macro behind every list of built-in extensions.

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
