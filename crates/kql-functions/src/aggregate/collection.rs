//! Values of a group brought into an array or a bag.

mod bags;
mod buildschema;
mod lists;
mod make_bag;
mod make_bag_if;
mod make_dictionary;
mod make_list;
mod make_list_if;
mod make_list_with_nulls;
mod make_set;
mod make_set_if;
mod makelist;
mod makeset;
mod schema;
mod sets;

family![
    buildschema,
    make_bag,
    make_bag_if,
    make_dictionary,
    make_list,
    make_list_if,
    make_list_with_nulls,
    make_set,
    make_set_if,
    makelist,
    makeset,
];
