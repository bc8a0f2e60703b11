"""Add up what is carried along trees, from their leaves to their roots."""
# mypy: allow-untyped-defs

from schoolward.analysis.routing.compiling import compiled


@compiled
def gather(carried, before, nodes):
    """Add to each node's total what all nodes carry that come along it.

    Args:
        carried: what each of n nodes carries by itself; afterwards what comes along it too.
        before: the next node on the way of each.
        nodes: those that have one, the farthest first.
    """
    for number in range(len(nodes)):
        node = nodes[number]
        carried[before[node]] += carried[node]
