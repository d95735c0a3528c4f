package dev.lockstep.source.flyway;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** A version number; {@code 1}, {@code 1.0} and {@code 01} are the same version, as they are to Flyway. */
record FlywayVersion(List<BigInteger> parts) implements Comparable<FlywayVersion> {

    FlywayVersion {
        int length = parts.size();
        while (length > 1 && parts.get(length - 1).signum() == 0) {
            length--;
        }
        parts = List.copyOf(parts.subList(0, length));
    }

    static FlywayVersion parse(String text) {
        return new FlywayVersion(
                Arrays.stream(text.split("[._]")).map(BigInteger::new).toList());
    }

    @Override
    public int compareTo(FlywayVersion other) {
        for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
            int order = parts.get(i).compareTo(other.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }
}
