package dev.lockstep.parse.dialect;

/**
 * A construct of another database.
 *
 * @param dialect whose it is: {@code MySQL}
 * @param construct as one would name it: {@code MODIFY COLUMN}
 * @param advice the form that PostgreSQL has, as a sentence without a full stop
 */
public record ForeignSyntax(String dialect, String construct, String advice) {}
