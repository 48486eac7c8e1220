// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scope that a method of a resource needs. A read without it needs {@link Scope#READ}; anything else without it is refused to everybody. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {
	/** The scope. */
	Scope value();
}
