package dev.lockstep.catalog;

import dev.lockstep.sql.AlterAction;

/**
 * One action of an ALTER TABLE.
 *
 * @param before the catalog after those of the statement's actions that the server runs earlier
 * @param after the same with this action
 */
public record AlterStep(AlterAction action, Catalog before, Catalog after) {}
