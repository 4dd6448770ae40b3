//! The letter's logical structure, which screen readers follow (ISO 14289-1, PDF/UA).

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// An element of the structure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ElementId(usize);

enum Part {
    Element(usize),
    Content(Identifier),
}

struct Element {
    tag: TagKind,
    parts: Vec<Part>,
}

/// Elements, each made after the one that holds it.
#[derive(Default)]
pub(super) struct Structure {
    elements: Vec<Element>,
    top: Vec<usize>,
}

impl Structure {
    /// A new element on the topmost level.
    pub(super) fn begin(&mut self, tag: impl Into<TagKind>) -> ElementId {
        let id = self.add(tag.into());
        self.top.push(id.0);
        id
    }

    /// A new element as the last part of another.
    pub(super) fn begin_within(&mut self, parent: ElementId, tag: impl Into<TagKind>) -> ElementId {
        let id = self.add(tag.into());
        if let Some(parent) = self.elements.get_mut(parent.0) {
            parent.parts.push(Part::Element(id.0));
        }
        id
    }

    /// Makes drawn content the last part of an element.
    pub(super) fn hold(&mut self, element: ElementId, content: Identifier) {
        if let Some(element) = self.elements.get_mut(element.0) {
            element.parts.push(Part::Content(content));
        }
    }

    fn add(&mut self, tag: TagKind) -> ElementId {
        self.elements.push(Element { tag, parts: Vec::new() });
        ElementId(self.elements.len() - 1)
    }

    /// The tree as the document takes it.
    pub(super) fn into_tree(self, language: &str) -> TagTree {
        let mut groups: Vec<Option<TagGroup>> = self.elements.iter().map(|_| None).collect();
        // Parts come after their element, so going backwards finds every part made.
        for (index, element) in self.elements.into_iter().enumerate().rev() {
            let mut nodes = Vec::with_capacity(element.parts.len());
            for part in element.parts {
                match part {
                    Part::Element(part) => nodes.extend(taken(&mut groups, part)),
                    Part::Content(identifier) => nodes.push(Node::Leaf(identifier)),
                }
            }
            if let Some(place) = groups.get_mut(index) {
                *place = Some(TagGroup::with_children(element.tag, nodes));
            }
        }
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for index in self.top {
            if let Some(node) = taken(&mut groups, index) {
                tree.push(node);
            }
        }
        tree
    }
}

fn taken(groups: &mut [Option<TagGroup>], index: usize) -> Option<Node> {
    groups.get_mut(index).and_then(Option::take).map(Node::Group)
}
