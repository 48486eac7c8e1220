// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.autoscaling.ScalerProto.Amount;
import io.shadowweaver.server.autoscaling.ScalerProto.MetricAsked;
import io.shadowweaver.server.autoscaling.ScalerProto.ScaledObject;

/**
 * The external and external-push scaler of KEDA. Its values are demand that is forecast; where none can be told, the call fails, so that KEDA counts a
 * failure and falls back to the replicas that its operator chose.
 */
final class ExternalScaler implements BindableService {
	/** Streams say something at least so often, so that a broken connection is noticed. */
	private static final int BEAT_SECONDS = 15;

	private final DemandReader demand;
	private final ScheduledExecutorService worker;
	private final Set<ScalerStream<?>> streams = ConcurrentHashMap.newKeySet();

	/**
	 * @param demand what is told
	 * @param worker a single thread, on which all calls and streams are answered; what is handed to it after its end must be dropped
	 */
	ExternalScaler(DemandReader demand, ScheduledExecutorService worker) {
		this.demand = demand;
		this.worker = worker;
		worker.scheduleAtFixedRate(() -> streams.forEach(ScalerStream::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
	}

	/** An answer that may not be known. */
	@FunctionalInterface
	interface Answer<T> {
		/**
		 * Works it out.
		 *
		 * @throws DemandException when it cannot be told
		 */
		T get() throws DemandException;
	}

	@Override
	public ServerServiceDefinition bindService() {
		return ServerServiceDefinition.builder(ScalerProto.SERVICE)
				.addMethod(ScalerProto.IS_ACTIVE, ServerCalls.asyncUnaryCall((object, answer) -> answer(answer, () -> isActive(query(object)))))
				.addMethod(ScalerProto.STREAM_IS_ACTIVE, ServerCalls.asyncServerStreamingCall((object, answer) -> stream(object, answer, this::isActive)))
				.addMethod(ScalerProto.GET_METRIC_SPEC, ServerCalls.asyncUnaryCall((object, answer) -> answer(answer, () -> spec(query(object)))))
				.addMethod(ScalerProto.GET_METRICS, ServerCalls.asyncUnaryCall((asked, answer) -> answer(answer, () -> value(asked))))
				.addMethod(ScalerProto.STREAM_METRIC_SPEC, ServerCalls.asyncServerStreamingCall((object, answer) -> stream(object, answer, this::spec))).build();
	}

	private DemandQuery query(ScaledObject object) throws DemandException {
		return DemandQuery.of(object.metadata(), demand.settings());
	}

	private boolean isActive(DemandQuery query) throws DemandException {
		return demand.read(query).value() > query.activation();
	}

	private Amount spec(DemandQuery query) throws DemandException {
		return new Amount(query.name(), demand.target(query));
	}

	private Amount value(MetricAsked asked) throws DemandException {
		DemandQuery query = query(asked.object());
		if (!asked.metric().isEmpty() && !asked.metric().equals(query.name())) {
			throw new DemandException(DemandException.Kind.INVALID, "The metric '" + asked.metric() + "' is not the one of this metadata, which is '" + query.name() + "'.");
		}
		return new Amount(query.name(), demand.read(query).value());
	}

	private static <T> void answer(StreamObserver<T> observer, Answer<T> answer) {
		try {
			observer.onNext(answer.get());
			observer.onCompleted();
		} catch (DemandException e) {
			observer.onError(status(e));
		}
	}

	/** What a stream tells, of a question. */
	@FunctionalInterface
	private interface Told<T> {
		T get(DemandQuery query) throws DemandException;
	}

	private <T> void stream(ScaledObject object, StreamObserver<T> answer, Told<T> told) {
		try {
			DemandQuery query = query(object);
			Weaver weaver = demand.weaver(query.estate());
			Answer<T> answers = () -> {
				if (demand.weaver(query.estate()) != weaver) {
					throw new DemandException(DemandException.Kind.UNAVAILABLE, "The estate was opened anew.");
				}
				return told.get(query);
			};
			ScalerStream<T> stream = new ScalerStream<>((ServerCallStreamObserver<T>) answer, answers, worker, streams::remove);
			streams.add(stream);
			stream.begin(weaver);
		} catch (DemandException e) {
			answer.onError(status(e));
		}
	}

	/** Forgets all streams: their connections are gone. */
	void end() {
		streams.forEach(ScalerStream::leave);
	}

	/** How gRPC says it. */
	static StatusRuntimeException status(DemandException e) {
		Status status = switch (e.kind()) {
			case INVALID -> Status.INVALID_ARGUMENT;
			case UNKNOWN -> Status.NOT_FOUND;
			case UNAVAILABLE -> Status.UNAVAILABLE;
		};
		return status.withDescription(e.getMessage()).asRuntimeException();
	}
}
