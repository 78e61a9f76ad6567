//! `new_guid`: a guid that is like no other

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "new_guid",
    aliases: &[],
    help: "A random guid, another one at each call and in each row.",
    examples: &[Example { query: "print v = gettype(new_guid())", answer: &["v:string", "guid"] }],
    meaning: Meaning::VolatileKernel(new_guid),
};

fn new_guid(arguments: &Arguments<'_>) -> Answer {
    // The bits that say which version of guid it is: 4, random.
    const CLEARED: u128 = !(0xf000 << 64 | 0xc000 << 48);
    const SET: u128 = 0x4000 << 64 | 0x8000 << 48;
    arguments.make_guids(|_| Some(fastrand::u128(..) & CLEARED | SET))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::call_volatile;

    #[test]
    fn guids_differ_and_say_their_version() {
        let guids = call_volatile(&FUNCTION, Type::Guid, &[], 2);
        assert_ne!(guids[0], guids[1]);
        let Value::Guid(guid) = guids[0] else { panic!("{guids:?}") };
        assert_eq!(guid >> 76 & 0xf, 4);
        assert_eq!(guid >> 62 & 3, 2);
    }
}
