//! What a parsed document takes in memory: its own parts and everything that they point to, vectors with the room that they
//! have and do not use.

use std::mem::size_of;

use async_graphql_parser::Positioned;
use async_graphql_parser::types::{
    Directive, DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition, Selection,
    SelectionSet, VariableDefinition,
};
use async_graphql_value::{ConstValue, Name, Value};

/// What an allocation takes beside its bytes, and a slot of a hash table beside its entry.
const OVERHEAD: usize = 16;

/// Bytes that a document takes.
pub fn of(document: &ExecutableDocument) -> usize {
    let operations = match &document.operations {
        DocumentOperations::Single(one) => operation(&one.node),
        DocumentOperations::Multiple(several) => {
            let slot = size_of::<(Name, Positioned<OperationDefinition>)>() + OVERHEAD;
            let below = several.iter().map(|(own, one)| name(own) + operation(&one.node));
            several.capacity() * slot + below.sum::<usize>()
        }
    };
    let slot = size_of::<(Name, Positioned<FragmentDefinition>)>() + OVERHEAD;
    let fragments = document.fragments.iter().map(|(own, one)| {
        let fragment = &one.node;
        name(own)
            + name(&fragment.type_condition.node.on.node)
            + directives(&fragment.directives)
            + set(&fragment.selection_set.node)
    });
    let fragments = document.fragments.capacity() * slot + fragments.sum::<usize>();
    size_of::<ExecutableDocument>() + operations + fragments
}

fn operation(operation: &OperationDefinition) -> usize {
    let variables = operation.variable_definitions.iter().map(|one| {
        let variable = &one.node;
        let default = variable.default_value.as_ref().map_or(0, |value| constant(&value.node));
        name(&variable.name.node)
            + variable.var_type.node.to_string().len()
            + 4 * OVERHEAD
            + directives(&variable.directives)
            + default
    });
    operation.variable_definitions.capacity() * size_of::<Positioned<VariableDefinition>>()
        + variables.sum::<usize>()
        + directives(&operation.directives)
        + set(&operation.selection_set.node)
}

fn set(set: &SelectionSet) -> usize {
    let items = set.items.iter().map(|item| match &item.node {
        Selection::Field(field) => {
            let field = &field.node;
            let alias = field.alias.as_ref().map_or(0, |alias| name(&alias.node));
            let own = alias + name(&field.name.node) + directives(&field.directives);
            own + arguments(&field.arguments) + self::set(&field.selection_set.node)
        }
        Selection::FragmentSpread(spread) => {
            name(&spread.node.fragment_name.node) + directives(&spread.node.directives)
        }
        Selection::InlineFragment(inline) => {
            let condition = inline.node.type_condition.as_ref().map_or(0, |on| name(&on.node.on.node));
            condition + directives(&inline.node.directives) + self::set(&inline.node.selection_set.node)
        }
    });
    set.items.capacity() * size_of::<Positioned<Selection>>() + OVERHEAD + items.sum::<usize>()
}

fn directives(directives: &Vec<Positioned<Directive>>) -> usize {
    let below = directives.iter().map(|one| name(&one.node.name.node) + arguments(&one.node.arguments));
    directives.capacity() * size_of::<Positioned<Directive>>() + below.sum::<usize>()
}

fn arguments(arguments: &Vec<(Positioned<Name>, Positioned<Value>)>) -> usize {
    let below = arguments.iter().map(|(own, one)| name(&own.node) + value(&one.node));
    arguments.capacity() * size_of::<(Positioned<Name>, Positioned<Value>)>() + below.sum::<usize>()
}

fn name(name: &Name) -> usize {
    name.as_str().len() + 2 * OVERHEAD
}

/// What a value points to.
pub fn value(value: &Value) -> usize {
    match value {
        Value::Variable(own) | Value::Enum(own) => name(own),
        Value::String(text) => text.capacity() + OVERHEAD,
        Value::Number(number) => number.to_string().len() + OVERHEAD,
        Value::Binary(bytes) => bytes.len() + OVERHEAD,
        Value::List(items) => {
            items.capacity() * size_of::<Value>() + OVERHEAD + items.iter().map(self::value).sum::<usize>()
        }
        Value::Object(members) => {
            let below = members.iter().map(|(own, one)| name(own) + self::value(one));
            members.capacity() * (size_of::<(Name, Value)>() + 2 * OVERHEAD) + below.sum::<usize>()
        }
        Value::Null | Value::Boolean(_) => 0,
    }
}

fn constant(value: &ConstValue) -> usize {
    self::value(&value.clone().into_value())
}
