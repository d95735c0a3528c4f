package dev.lockstep.sql;

import java.util.List;

/** Which rows of a partitioned table a partition takes. */
public sealed interface PartitionBound {

    record Default() implements PartitionBound {}

    /** {@code FOR VALUES IN (…)}. */
    record In(List<Expression> values) implements PartitionBound {
        public In {
            values = List.copyOf(values);
        }
    }

    /** {@code FOR VALUES FROM (…) TO (…)}; MINVALUE and MAXVALUE are column references of those names. */
    record FromTo(List<Expression> from, List<Expression> to) implements PartitionBound {
        public FromTo {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    record Hash(int modulus, int remainder) implements PartitionBound {}
}
