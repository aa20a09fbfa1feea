package emporium.benchmarks;

/** What something has cost, or costs each time; CPU in milliseconds. Statements are not a number where nobody counts them. */
record Cost(Cpu cpu, double commits, double statements, Rows rows, double walBytes, double messages) {

    static final Cost NOTHING = new Cost(new Cpu(0, 0, 0, 0), 0, 0, new Rows(0, 0, 0), 0, 0);

    record Cpu(double app, double postgres, double nats, double driver) {

        Cpu minus(Cpu other) {
            return new Cpu(app - other.app, postgres - other.postgres, nats - other.nats, driver - other.driver);
        }

        Cpu times(double factor) {
            return new Cpu(app * factor, postgres * factor, nats * factor, driver * factor);
        }

        /** The driver's reads are the driver's cost, and so are no part of what they cost the mall. */
        Cpu mallOnly() {
            return new Cpu(app, postgres, nats, 0);
        }

        double withoutDriver() {
            return app + postgres + nats;
        }
    }

    /** Rows written. */
    record Rows(double inserted, double updated, double deleted) {

        Rows minus(Rows other) {
            return new Rows(inserted - other.inserted, updated - other.updated, deleted - other.deleted);
        }

        Rows times(double factor) {
            return new Rows(inserted * factor, updated * factor, deleted * factor);
        }

        double all() {
            return inserted + updated + deleted;
        }
    }

    Cost minus(Cost other) {
        return new Cost(
                cpu.minus(other.cpu),
                commits - other.commits,
                statements - other.statements,
                rows.minus(other.rows),
                walBytes - other.walBytes,
                messages - other.messages);
    }

    Cost plus(Cost other) {
        return minus(other.times(-1));
    }

    Cost times(double factor) {
        return new Cost(
                cpu.times(factor),
                commits * factor,
                statements * factor,
                rows.times(factor),
                walBytes * factor,
                messages * factor);
    }

    Cost with(Cpu other) {
        return new Cost(other, commits, statements, rows, walBytes, messages);
    }
}
