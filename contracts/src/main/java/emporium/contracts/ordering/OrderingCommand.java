package emporium.contracts.ordering;

import emporium.contracts.Command;

/** What the ordering service can be asked to do. */
public sealed interface OrderingCommand extends Command permits ApproveOrder, RejectOrder, CancelOrder {}
