// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

/** Writes what is not a finite number as {@code null}: JSON has no other way to say that a number is not known. */
final class Numbers extends SimpleModule {
	private static final long serialVersionUID = 1L;

	Numbers() {
		addSerializer(Double.class, new Finite());
		addSerializer(double.class, new Finite());
	}

	private static final class Finite extends StdSerializer<Double> {
		private static final long serialVersionUID = 1L;

		Finite() {
			super(Double.class);
		}

		@Override
		public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
			if (Double.isFinite(value)) {
				out.writeNumber(value);
			} else {
				out.writeNull();
			}
		}
	}
}
