// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Notes the calls that are sent, while asked to: method, address and body, which hold no credentials (those are in headers). User data are
 * not shown, for they often hold secrets of the machine.
 */
final class CallNotes implements ExecutionInterceptor {
	private List<String> noted;

	/** Begins to note. */
	synchronized void begin() {
		noted = new ArrayList<>();
	}

	/** Ends and gives what was sent since {@link #begin}. */
	synchronized List<String> end() {
		List<String> result = noted == null ? List.of() : List.copyOf(noted);
		noted = null;
		return result;
	}

	@Override
	public synchronized void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		if (noted != null) {
			SdkHttpRequest request = context.httpRequest();
			noted.add((request.method() + " " + request.getUri() + " " + body(context)).strip());
		}
	}

	private static String body(Context.BeforeTransmission context) {
		// these APIs put the form into the request itself and have no body of their own in the SDK's sense
		return context.httpRequest() instanceof SdkHttpFullRequest full ? full.contentStreamProvider().map(content -> {
			try (InputStream in = content.newStream()) {
				return shown(new String(in.readAllBytes(), StandardCharsets.UTF_8));
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}).orElse("") : "";
	}

	/** The form as the call that is really made has it: without the wish to be a dry run. */
	private static String shown(String form) {
		return Arrays.stream(form.split("&")).filter(pair -> !pair.startsWith("DryRun="))
				.map(pair -> pair.startsWith("UserData=") ? "UserData=(not shown)" : pair)
				.collect(Collectors.joining("&"));
	}
}
