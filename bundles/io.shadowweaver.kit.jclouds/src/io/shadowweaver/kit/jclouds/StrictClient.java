// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.jclouds;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.TimeUnit;

import org.jclouds.http.okhttp.OkHttpClientSupplier;

import io.shadowweaver.kit.rest.AnswerException;
import io.shadowweaver.kit.rest.Answers;
import io.shadowweaver.kit.rest.Skew;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The HTTP client of an account. It sends each call once: both OkHttp and jclouds would send a creation again when a connection breaks.
 * Every answer that is an error becomes an {@link AnswerException}; jclouds alone reads a list that was not found as an empty one, so that
 * a wrong address looks like a cloud without machines. Thread-safe.
 */
public final class StrictClient implements OkHttpClientSupplier {
	private static final String TOKEN_HEADER = "X-Auth-Token";
	private static final int PEEK = 4096;
	private static final int LONGEST_ERROR = 1 << 16;
	// Shorter than what common servers keep a connection open, so that hardly a call goes into one that is being closed.
	private static final int KEEP_ALIVE_SECONDS = 2;

	private final Skew skew;
	private final OkHttpClient client;
	private volatile String refusedToken = "";

	/**
	 * @param clock   ours
	 * @param timeout of a whole call, the reading of its answer included
	 */
	public StrictClient(InstantSource clock, Duration timeout) {
		this(clock, timeout, new OkHttpClient());
	}

	/**
	 * @param clock   ours
	 * @param timeout of a whole call, the reading of its answer included
	 * @param base    with what the account's transport needs, such as certificates
	 */
	public StrictClient(InstantSource clock, Duration timeout, OkHttpClient base) {
		this.skew = new Skew(clock);
		this.client = base.newBuilder().retryOnConnectionFailure(false).callTimeout(timeout)
				.connectionPool(new ConnectionPool(4, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)).addInterceptor(this::call).build();
	}

	@Override
	public OkHttpClient get() {
		return client;
	}

	/** Of the provider's clock. */
	public Skew skew() {
		return skew;
	}

	private Response call(Interceptor.Chain chain) throws IOException {
		Request request = chain.request();
		Response response = chain.proceed(request);
		Date date = response.headers().getDate("Date");
		if (date != null) {
			skew.answered(date.toInstant());
		}
		String call = request.method() + " " + request.url().encodedPath();
		if (response.code() >= 400) {
			if (mayRenew(request, response)) {
				return response;
			}
			try (response) {
				throw new AnswerException(response.code(), call, Answers.said(response.peekBody(LONGEST_ERROR).string()));
			}
		}
		if (request.header(TOKEN_HEADER) != null) {
			refusedToken = "";
		}
		if (response.isSuccessful() && wantsJson(request) && !Answers.mayBeJson(response.peekBody(PEEK).string())) {
			response.close();
			throw new AnswerException(AnswerException.NOT_JSON, call, "");
		}
		return response;
	}

	/** A token that has expired is renewed once by jclouds; where the new one is declined too, that is the answer. */
	private boolean mayRenew(Request request, Response response) {
		String token = request.header(TOKEN_HEADER);
		if (response.code() != 401 || token == null || !refusedToken.isEmpty()) {
			refusedToken = "";
			return false;
		}
		refusedToken = token;
		return true;
	}

	private static boolean wantsJson(Request request) {
		return request.headers("Accept").stream().anyMatch(type -> type.contains("json"));
	}
}
