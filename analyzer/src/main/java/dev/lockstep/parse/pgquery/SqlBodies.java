package dev.lockstep.parse.pgquery;

import java.util.List;

/** Parses the body of an SQL function into its statements; a body that PostgreSQL refuses has none. */
interface SqlBodies {

    List<TreeNode> parse(String text);
}
