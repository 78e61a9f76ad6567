//! Types as signatures see them: a [`Type`], and for a dynamic what is known of its insides.
//!
//! Kusto's rules look inside: `split(...)[0]` is a dynamic that holds a string, `bag_pack(...)` a bag.

use std::sync::Arc;

use kql_syntax::Name;

use crate::Type;

/// What is known of a scalar's type.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A type of which no more is known; [`Type::Dynamic`] may be anything.
    Plain(Type),
    /// A dynamic that holds a scalar of this type.
    Holding(Type),
    /// A dynamic array of such elements.
    Array(Arc<Shape>),
    /// A dynamic bag with at least these entries.
    Bag(Arc<[(Name, Shape)]>),
    /// `null` inside `dynamic(...)`.
    Null,
    /// `typeof(...)`.
    TypeLiteral,
    /// Several columns at once: `$left`, `series_stats(...)`.
    Several,
    /// Not known because something was wrong, which a diagnostic says.
    Wrong,
}

/// How far a type may be from the one that is wanted; each allows what the ones before it allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Conversion {
    /// The same type.
    None,
    /// A narrower number.
    Promotable,
    /// Any scalar as a dynamic.
    Dynamic,
    /// A narrower or wider number.
    Compatible,
}

impl From<Type> for Shape {
    fn from(ty: Type) -> Self {
        Self::Plain(ty)
    }
}

impl Shape {
    /// A dynamic of which nothing is known.
    pub(crate) const DYNAMIC: Self = Self::Plain(Type::Dynamic);
    /// What an open schema's columns are.
    pub(crate) const UNKNOWN: Self = Self::Plain(Type::Unknown);

    /// An array of which nothing more is known.
    #[must_use]
    pub fn array() -> Self {
        Self::Array(Arc::new(Self::DYNAMIC))
    }

    /// A bag of which nothing more is known.
    #[must_use]
    pub fn bag() -> Self {
        Self::Bag(Arc::from([]))
    }

    /// The type of a column that holds it.
    #[must_use]
    pub fn ty(&self) -> Type {
        match self {
            Self::Plain(ty) => *ty,
            Self::Holding(_) | Self::Array(_) | Self::Bag(_) | Self::Null => Type::Dynamic,
            Self::TypeLiteral | Self::Several | Self::Wrong => Type::Unknown,
        }
    }

    /// A dynamic that holds it; an array of arrays and the like stays as it is.
    #[must_use]
    pub(crate) fn as_dynamic(&self) -> Self {
        match self {
            Self::Plain(Type::Int) => Self::Holding(Type::Long),
            Self::Plain(ty @ (Type::Bool | Type::Long | Type::Real | Type::DateTime))
            | Self::Plain(ty @ (Type::TimeSpan | Type::Guid | Type::String)) => Self::Holding(*ty),
            Self::Holding(_) | Self::Array(_) | Self::Bag(_) => self.clone(),
            Self::Plain(Type::Decimal | Type::Dynamic | Type::Unknown)
            | Self::Null
            | Self::TypeLiteral
            | Self::Several
            | Self::Wrong => Self::DYNAMIC,
        }
    }

    /// A dynamic array of such elements.
    #[must_use]
    pub(crate) fn array_of(element: &Self) -> Self {
        match element {
            Self::Holding(ty) => Self::array_of(&Self::Plain(*ty)),
            Self::Plain(Type::Int) => Self::Array(Arc::new(Self::Plain(Type::Long))),
            Self::Plain(ty) if !matches!(ty, Type::Decimal | Type::Unknown) => {
                Self::Array(Arc::new(Self::Plain(*ty)))
            }
            Self::Array(_) | Self::Bag(_) => Self::Array(Arc::new(element.clone())),
            _ => Self::array(),
        }
    }

    /// A dynamic bag with these entries.
    #[must_use]
    pub(crate) fn bag_of(entries: Vec<(Name, Self)>) -> Self {
        Self::Bag(entries.into())
    }

    /// What the bag holds under `key`, as a dynamic.
    #[must_use]
    pub(crate) fn entry(&self, key: &str) -> Option<Self> {
        match self {
            Self::Bag(entries) => entries
                .iter()
                .rev()
                .find(|(name, _)| &**name == key)
                .map(|(_, shape)| shape.as_dynamic()),
            _ => None,
        }
    }

    pub(crate) const fn is_wrong(&self) -> bool {
        matches!(self, Self::Wrong)
    }

    pub(crate) const fn is_unknown(&self) -> bool {
        matches!(self, Self::Plain(Type::Unknown))
    }

    /// Whether a check can say nothing about it.
    pub(crate) const fn is_open(&self) -> bool {
        self.is_wrong() || self.is_unknown()
    }

    pub(crate) const fn is(&self, ty: Type) -> bool {
        match self {
            Self::Plain(own) => *own as u8 == ty as u8,
            _ => false,
        }
    }

    pub(crate) const fn is_dynamic(&self) -> bool {
        matches!(
            self,
            Self::Plain(Type::Dynamic) | Self::Holding(_) | Self::Array(_) | Self::Bag(_)
        )
    }

    pub(crate) const fn is_integer(&self) -> bool {
        matches!(self, Self::Plain(Type::Int | Type::Long | Type::Unknown))
    }

    pub(crate) const fn is_numeric(&self) -> bool {
        self.is_integer() || matches!(self, Self::Plain(Type::Real | Type::Decimal))
    }

    pub(crate) const fn is_summable(&self) -> bool {
        self.is_numeric() || matches!(self, Self::Plain(Type::DateTime | Type::TimeSpan))
    }

    pub(crate) const fn is_orderable(&self) -> bool {
        self.is_summable() || matches!(self, Self::Plain(Type::Bool | Type::String))
    }

    pub(crate) const fn is_string_or_dynamic(&self) -> bool {
        self.is_dynamic() || matches!(self, Self::Plain(Type::String))
    }

    pub(crate) fn is_string_or_array(&self) -> bool {
        match self {
            Self::Plain(Type::String | Type::Dynamic) | Self::Holding(Type::String) => true,
            Self::Array(element) => element.is(Type::String) || **element == Self::DYNAMIC,
            _ => false,
        }
    }

    pub(crate) fn is_integer_or_array(&self) -> bool {
        match self {
            Self::Plain(Type::Dynamic) | Self::Holding(Type::Long) => true,
            Self::Array(element) => element.is(Type::Long) || **element == Self::DYNAMIC,
            _ => self.is_integer(),
        }
    }

    pub(crate) const fn is_integer_or_dynamic(&self) -> bool {
        self.is_integer() || matches!(self, Self::Plain(Type::Dynamic) | Self::Holding(Type::Long))
    }

    pub(crate) const fn may_be_array(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Plain(Type::Dynamic))
    }

    pub(crate) const fn may_be_bag(&self) -> bool {
        matches!(self, Self::Bag(_) | Self::Plain(Type::Dynamic))
    }

    /// `int` as `long`; others as they are.
    #[must_use]
    pub(crate) fn promoted(self) -> Self {
        if self.is(Type::Int) { Self::Plain(Type::Long) } else { self }
    }

    /// Whether it can hold every value of `other`, a different type.
    pub(crate) fn is_wider_than(&self, other: &Self) -> bool {
        let (Self::Plain(own), Self::Plain(other)) = (self, other) else { return false };
        match own {
            Type::Long => matches!(other, Type::Int),
            Type::Real => matches!(other, Type::Int | Type::Long),
            Type::Decimal => matches!(other, Type::Int | Type::Long | Type::Real),
            Type::String => matches!(other, Type::Dynamic),
            _ => false,
        }
    }

    /// Whether a value of it becomes one of `target` unasked.
    pub(crate) fn is_promotable_to(&self, target: &Self) -> bool {
        target.is_wider_than(self)
            || matches!(self, Self::Array(_) | Self::Bag(_)) && *target == Self::DYNAMIC
    }

    /// Whether a value of `source` may stand where one of this is wanted.
    pub(crate) fn accepts(&self, source: &Self, allowed: Conversion) -> bool {
        if self == source || source.is_unknown() || self.is_unknown() {
            return true;
        }
        match (self, source) {
            (Self::Plain(Type::Dynamic), _) if source.is_dynamic() => true,
            (Self::Plain(Type::Dynamic), Self::Wrong | Self::Several) => false,
            (Self::Plain(Type::Dynamic), _) if allowed >= Conversion::Dynamic => true,
            (Self::Array(element), Self::Array(other)) => {
                (**element == Self::DYNAMIC && allowed != Conversion::None)
                    || other.accepts(element, allowed)
            }
            (Self::Bag(entries), Self::Bag(_)) => {
                entries.iter().all(|(name, _)| source.entry(name).is_some())
            }
            (Self::Holding(own), Self::Holding(other)) => {
                Self::Plain(*own).accepts(&Self::Plain(*other), allowed)
            }
            (Self::Plain(_), Self::Plain(_)) => match allowed {
                Conversion::Promotable => source.is_promotable_to(self),
                Conversion::Compatible => {
                    source.is_promotable_to(self) || self.is_promotable_to(source)
                }
                Conversion::None | Conversion::Dynamic => false,
            },
            _ => false,
        }
    }

    /// The type that both can be given as.
    pub(crate) fn common(&self, other: &Self, allowed: Conversion) -> Option<Self> {
        if self == other || *other == Self::Null {
            return Some(self.clone());
        }
        if *self == Self::Null {
            return Some(other.clone());
        }
        if self.is_unknown() || other.is_unknown() {
            return Some(Self::UNKNOWN);
        }
        if *self == Self::DYNAMIC || *other == Self::DYNAMIC {
            return Some(Self::DYNAMIC);
        }
        if allowed >= Conversion::Promotable {
            if self.is_promotable_to(other) {
                return Some(other.clone());
            }
            if other.is_promotable_to(self) {
                return Some(self.clone());
            }
        }
        self.common_dynamic(other, allowed)
    }

    fn common_dynamic(&self, other: &Self, allowed: Conversion) -> Option<Self> {
        let inner = |a: Type, b: Type| Self::Plain(a).common(&Self::Plain(b), allowed);
        let held = match (self, other) {
            // Kusto gives the element here rather than the array; both are dynamics.
            (Self::Array(_), Self::Array(_)) => return Some(Self::array()),
            (Self::Bag(own), Self::Bag(others)) => {
                return Some(Self::bag_of(intersect(own, others)));
            }
            (Self::Holding(a) | Self::Plain(a), Self::Holding(b))
            | (Self::Holding(a), Self::Plain(b)) => inner(*a, *b),
            _ => None,
        };
        match held {
            Some(shape) => Some(shape.as_dynamic()),
            None if self.is_dynamic() && other.is_dynamic() => Some(Self::DYNAMIC),
            None if allowed >= Conversion::Dynamic && !self.is_wrong() && !other.is_wrong() => {
                Some(Self::DYNAMIC)
            }
            None => None,
        }
    }
}

fn intersect(own: &[(Name, Shape)], others: &[(Name, Shape)]) -> Vec<(Name, Shape)> {
    let mut entries = Vec::new();
    for (name, shape) in own {
        if let Some((_, other)) = others.iter().rev().find(|(other, _)| other == name) {
            let common = shape.common(other, Conversion::Dynamic).unwrap_or(Shape::DYNAMIC);
            entries.push((name.clone(), common));
        }
    }
    entries
}

/// The type that all of them can be given as; none where there is none, or nothing to look at.
pub(crate) fn common_of<'a>(
    shapes: impl IntoIterator<Item = &'a Shape>,
    allowed: Conversion,
) -> Option<Shape> {
    let mut shapes = shapes.into_iter();
    let first = shapes.next()?.clone();
    shapes.try_fold(first, |common, shape| common.common(shape, allowed))
}

/// The widest of the numbers among them.
pub(crate) fn widest_of<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Option<Shape> {
    shapes.into_iter().filter(|shape| shape.is_numeric()).fold(None, |widest, shape| match widest {
        Some(widest) if !shape.is_wider_than(&widest) => Some(widest),
        _ => Some(shape.clone()),
    })
}
