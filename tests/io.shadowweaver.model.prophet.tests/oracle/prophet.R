# SPDX-License-Identifier: Apache-2.0
# What R's prophet forecasts for simulated series, for ProphetOracleTest:
#   Rscript prophet.R > ../src/io/shadowweaver/model/prophet/prophet-oracle.csv
# The series are made by formulas and a generator of random numbers that gives the same ones in R and in Java (see Simulated in the test).
suppressPackageStartupMessages(library(prophet))

hours <- 720
ahead <- 48
start <- as.POSIXct("2026-03-02", tz = "UTC")

# Park and Miller, exact in double precision; a normal number is a sum of twelve uniform ones.
noise <- function(seed, n) {
  state <- seed
  sapply(seq_len(n), function(i) {
    sum <- 0
    for (k in 1:12) {
      state <<- (state * 16807) %% 2147483647
      sum <- sum + state / 2147483647
    }
    sum - 6
  })
}

t <- 0:(hours + ahead - 1)
day <- 20 * sin(2 * pi * t / 24) + 6 * cos(4 * pi * t / 24)
week <- 8 * cos(2 * pi * t / 168)
event <- as.numeric(t %% 200 >= 150 & t %% 200 < 160)
series <- list(
  line = 100 + .05 * t + day + week + 3 * noise(11, length(t)),
  bends = 100 + .1 * t - .25 * pmax(0, t - 240) + .3 * pmax(0, t - 480) + day + 3 * noise(12, length(t)),
  gaps = 80 + day + week + 4 * noise(13, length(t)),
  events = 60 + day + 25 * event + 3 * noise(14, length(t)),
  saturating = 95 / (1 + exp(-(t - 250) / 120)) + .15 * day + 1.5 * noise(15, length(t))
)

cat("# R ", as.character(getRversion()), ", prophet ", as.character(packageVersion("prophet")), ", rstan ",
    as.character(packageVersion("rstan")), "; forecasts of ", ahead, " hours behind ", hours, "\n", sep = "")
cat("series,", paste0("h", seq_len(ahead), collapse = ","), "\n", sep = "")
for (name in names(series)) {
  y <- series[[name]][seq_len(hours)]
  if (name == "gaps") {
    y[c(101:160, 400, 402)] <- NA
  }
  history <- data.frame(ds = start + 3600 * t[seq_len(hours)], y = y)
  future <- data.frame(ds = start + 3600 * t[hours + seq_len(ahead)])
  model <- prophet(growth = if (name == "saturating") "logistic" else "linear", daily.seasonality = TRUE, weekly.seasonality = TRUE,
                   yearly.seasonality = FALSE, uncertainty.samples = 0)
  if (name == "events") {
    model <- add_regressor(model, "event", prior.scale = 10, standardize = FALSE)
    history$event <- event[seq_len(hours)]
    future$event <- event[hours + seq_len(ahead)]
  }
  if (name == "saturating") {
    history$cap <- 100
    history$floor <- 0
    future$cap <- 100
    future$floor <- 0
  }
  time <- system.time(model <- suppressMessages(fit.prophet(model, history)))
  forecast <- predict(model, future)$yhat
  cat(name, ",", paste(sprintf("%.4f", forecast), collapse = ","), "\n", sep = "")
  message(name, ": ", round(1000 * time[["user.self"]]), " ms of CPU")
}
