// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

import io.grpc.servlet.jakarta.ServletAdapter;
import io.grpc.servlet.jakarta.ServletServerBuilder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The {@link ExternalScaler} as a servlet, so that it stands behind the same port, certificate, keys and limits as everything else. */
public final class Scaler extends HttpServlet {
	/** Where it is reached. */
	public static final String PATH = "/" + ScalerProto.SERVICE + "/*";
	private static final long serialVersionUID = 1L;
	private static final int MOST_BYTES = 64 << 10;

	private final transient DemandReader demand;
	private transient ScheduledThreadPoolExecutor worker;
	private transient ExternalScaler scaler;
	private transient ServletAdapter adapter;

	/**
	 * @param demand what is told
	 */
	public Scaler(DemandReader demand) {
		this.demand = demand;
	}

	@Override
	public void init() {
		// what comes after its end is dropped
		worker = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("api-scaler").factory(), new ThreadPoolExecutor.DiscardPolicy());
		worker.setRemoveOnCancelPolicy(true);
		scaler = new ExternalScaler(demand, worker);
		adapter = new ServletServerBuilder().addService(scaler).executor(worker).scheduledExecutorService(worker).maxInboundMessageSize(MOST_BYTES).buildServletAdapter();
	}

	@Override
	protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
		adapter.doPost(request, response);
	}

	@Override
	public void destroy() {
		worker.execute(scaler::end);
		adapter.destroy();
		worker.shutdown();
	}
}
