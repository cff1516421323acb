"""One YAML file for each dataset, and a module of its name where its rows are more than amounts."""
