# The program in an image of its own: `docker build -t osong .`, then
#   docker run --rm -v "$PWD:/work" osong screen moses.olib --model thrombin.model -o result
# On a cluster with Apptainer: `apptainer build osong.sif docker-daemon://osong:latest`.
FROM swift:6.3-bookworm AS build
WORKDIR /source
COPY scripts scripts
RUN scripts/setup build
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --product osong && cp .build/release/osong /usr/local/bin/osong

FROM swift:6.3-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends librdkit1 rdkit-data libopenblas0-pthread \
    liblapacke libxgboost0 libinchi1 libjemalloc2 libhts3 libpq5 libsqlite3-0 zlib1g python3-pip util-linux \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /usr/local/bin/osong /usr/local/bin/osong
COPY Datasets /usr/local/share/osong/Datasets
COPY Models /usr/local/share/osong/Models
ENV OSONG_DATASETS=/usr/local/share/osong/Datasets
# Files that are made belong to whoever runs the container, not to root.
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["osong"]
