/** node-pg-migrate: SQL files with an up and a down half, all in one transaction. */
@NullMarked
package dev.lockstep.source.nodepgmigrate;

import org.jspecify.annotations.NullMarked;
