PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
RAPALLO_SHARED ?= ../shared
EXAMPLE ?= examples/pact.txt
export RAPALLO_SHARED

.PHONY: demo test setup setup-dev system lint check-seed check-examples check-starter corpus-check train bench-reading bench bench-actors bench-sources bench-measures bench-casus bench-history bench-reactions bench-episodes actors seed docs lock clean

demo: setup ## set up .venv and run the main job on an example
	$(BIN)/rapallo brief $(EXAMPLE)

test: system setup-dev ## set up .venv and run every check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_licences.py
	$(BIN)/pytest

check-seed: setup ## prove that the seed case follows from rows
	$(BIN)/python scripts/check_seed.py

check-examples: setup ## precision and recall of claims on the six examples
	$(BIN)/python scripts/check_examples.py

check-starter: setup ## validate the starter record and hold it against the datasets
	$(BIN)/python scripts/check_starter.py

corpus-check: setup ## the labelled clauses: form, variety, nothing told twice
	$(BIN)/python scripts/check_corpus.py
	$(BIN)/python scripts/check_plain.py

train: ## make the encoder anew from the labelled clauses, in an environment of its own
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet -r training/requirements.txt
	.venv-train/bin/python -m pip install --quiet -e .
	.venv-train/bin/python training/train.py

bench-reading: setup ## hold the reader against labels and the clock; READING adds files of other projects
	$(BIN)/python benchmarks/reading.py --clauses validation $(READING)

bench: setup ## time and memory of a cold brief
	$(BIN)/python benchmarks/brief.py

bench-actors: setup ## hold the actors against the datasets; look-ups a second, time to load
	$(BIN)/python benchmarks/actors.py

bench-sources: setup ## load every dataset at hand into one record: rows, seconds, memory
	$(BIN)/python benchmarks/sources.py

bench-measures: setup ## hold the measures and the dyad-years against other programs, and time them
	$(BIN)/python benchmarks/measures.py

bench-casus: setup ## hold who was bound to help in each war between states against who came
	$(BIN)/python benchmarks/casus.py

bench-episodes: setup ## pose sixty moves whose third states were coded blind; EPISODES adds options, e.g. --record FILE
	$(BIN)/python benchmarks/episodes/run.py $(EPISODES)

bench-history: setup ## new alliances and later disputes, 1870 to 2005: what the past tells already
	nice -n 15 $(BIN)/python benchmarks/history.py

bench-reactions: setup ## answers of third states to moves in daily events, against what they do anyway
	nice -n 15 $(BIN)/python benchmarks/reactions.py

actors: setup ## compile the actor files into the one that is read at once
	$(BIN)/python scripts/compile_actors.py

seed: setup ## compile the starter record into the tables that are read at once
	$(BIN)/python scripts/compile_starter.py

docs: setup ## write the pages that follow from the code
	$(BIN)/python scripts/make_docs.py

setup: $(VENV)/core.done
setup-dev: $(VENV)/dev.done

system:
	sh scripts/system_packages.sh

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/core.done: locks/core.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r locks/core.txt
	$(BIN)/python -m pip install --quiet --no-deps -e .
	touch $@

$(VENV)/dev.done: locks/dev.txt $(VENV)/core.done
	$(BIN)/python -m pip install --quiet --require-hashes -r locks/dev.txt
	touch $@

lock: ## resolve the exact versions anew
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile -q pyproject.toml --python-version 3.11 --universal --generate-hashes -o locks/core.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile -q pyproject.toml --extra dev -c locks/core.txt --python-version 3.11 --universal --generate-hashes -o locks/dev.txt

lint: setup-dev
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist
