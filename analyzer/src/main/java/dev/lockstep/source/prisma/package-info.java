/** Prisma Migrate: a directory a migration, each file sent at once. */
@NullMarked
package dev.lockstep.source.prisma;

import org.jspecify.annotations.NullMarked;
