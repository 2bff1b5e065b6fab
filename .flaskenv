FLASK_APP=community.app
