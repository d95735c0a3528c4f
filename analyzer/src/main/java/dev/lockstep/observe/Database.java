package dev.lockstep.observe;

import java.sql.Connection;
import java.sql.SQLException;

/** One database of a running server. */
@FunctionalInterface
public interface Database {

    /** A new connection in autocommit mode; the caller closes it. */
    Connection connect() throws SQLException;
}
