# SPDX-License-Identifier: Apache-2.0
# Fits R's packages forecast and prophet to the series of a file, one a line: name, values. Writes a line for each method and series: both, the
# number of runs, the CPU of each in milliseconds by R's own clock, what was said of the next 48 hours.
# peers.R SERIES ANSWERS RUNS AUTO: how often each method runs (at most 1 time for auto.arima), and on how many series auto.arima does.
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
horizon <- 48
tasks <- lapply(strsplit(readLines(arguments[1]), ","), function(cells) list(name = cells[1], train = ts(as.numeric(cells[-1]), frequency = 24)))
runs <- as.integer(arguments[3])
auto <- as.integer(arguments[4])
answers <- file(arguments[2], "w")
measure <- function(method, some, repeats, answer) {
  for (task in some) {
    ms <- c()
    for (run in seq_len(repeats)) {
      took <- system.time(said <- answer(task$train))
      ms <- c(ms, 1000 * (took[["user.self"]] + took[["sys.self"]]))
    }
    writeLines(paste(c(method, task$name, repeats, ms, as.numeric(said)), collapse = ","), answers)
    flush(answers)
  }
}
cat(sprintf("peers.r.version: forecast %s of R %s.%s\n", packageVersion("forecast"), R.version$major, R.version$minor))
measure("snaive", tasks, runs, function(y) snaive(y, h = horizon)$mean)
measure("thetaf", tasks, runs, function(y) thetaf(y, h = horizon)$mean)
measure("Arima-CSS", tasks, runs, function(y) forecast(Arima(y, order = c(2, 0, 1), seasonal = c(0, 1, 1), method = "CSS"), h = horizon)$mean)
if (requireNamespace("prophet", quietly = TRUE)) {
  suppressPackageStartupMessages(library(prophet))
  cat(sprintf("peers.r.version: prophet %s\n", packageVersion("prophet")))
  first <- as.POSIXct("2026-01-05", tz = "UTC")
  # the point forecast alone: the simulated interval would cost more than the fit
  measure("prophet", tasks, runs, function(y) {
    times <- first + 3600 * (seq_len(length(y) + horizon) - 1)
    model <- suppressMessages(prophet(data.frame(ds = head(times, length(y)), y = as.numeric(y)), uncertainty.samples = 0))
    predict(model, data.frame(ds = tail(times, horizon)))$yhat
  })
}
measure("ets", tasks, runs, function(y) forecast(ets(y), h = horizon, PI = FALSE)$mean)
if (auto > 0) measure("auto.arima", tasks[seq_len(auto)], 1, function(y) forecast(auto.arima(y), h = horizon)$mean)
close(answers)
