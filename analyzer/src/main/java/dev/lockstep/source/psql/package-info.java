/** Scripts as psql reads them: variables, included files, conditions, and COPY from files. */
@NullMarked
package dev.lockstep.source.psql;

import org.jspecify.annotations.NullMarked;
