// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a method whose answer changes at other times than the state of its estate, so that the version of that says nothing of it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface NotOfState {
}
