/** golang-migrate: pairs of up and down files. */
@NullMarked
package dev.lockstep.source.golangmigrate;

import org.jspecify.annotations.NullMarked;
