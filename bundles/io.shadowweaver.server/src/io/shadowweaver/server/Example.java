// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is sent to a method of a resource and what it answers when that succeeds, in JSON, for the OpenAPI document. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Example {
	/** A body of a request; empty for none. */
	String request() default "";

	/** An answer; where it is empty, the file {@code rest/examples/OPERATION.json} has one. */
	String answer() default "";
}
