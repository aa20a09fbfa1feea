package emporium.messaging;

/** One endpoint's side of the delivery contract. */
record EndpointTables(
        Inbox inbox,
        Outbox outbox,
        OutboxTable sent,
        OutboxRelay relay,
        BrokerMemory memory,
        Parking parking,
        Queries queries,
        Replays replays) {}
